"""French."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "boîte|boîtes|boîte aux lettres|boîte de réception|boîte mail|bal|compte|comptes|"
    "messagerie destinataire|messagerie du destinataire|bàl",
    "user": "utilisateur|utilisateurs|usager|abonné|personne de ce nom|correspondant",
    "recipient": "destinataire|adresse destinataire|adresse du destinataire|adresse de destination",
    "address": "adresse|adresse mail|adresse e mail|adresse email|adresse courriel|"
    "adresse électronique|adresse de messagerie",
    "sender": "expéditeur|adresse expéditeur|adresse d expéditeur|adresse de expéditeur|émetteur|"
    "domaine expéditeur|domaine de expéditeur|domaine d expéditeur|domaine émetteur|"
    "adresse d émission|adresse de retour|adresse d envoi|nom de domaine expéditeur",
    "sending": "envoi|envois|envoyer|émission|envoyez|envoyé|sortants|sortant",
    "you": "vous|votre|vos|vous n",
    "domain": "domaine|domaines|nom de domaine",
    "nameserver": "serveur de noms|serveurs de noms",
    "client": "adresse ip|adresse ip d|votre ip|votre serveur|votre hôte|votre réseau|ip|"
    "votre machine|votre fournisseur|plage d adresses|serveur émetteur|serveur d envoi|"
    "serveur expéditeur|ip émettrice|adresses ip",
    "kind": "dynamique|dynamiques|résidentiel*|grand public|adsl",
    "country": "pays",
    "helo": "helo|ehlo|nom d hôte annoncé",
    "server": "serveur|service|système|nous|plateforme|serveur de messagerie",
    "onward": "serveur distant|serveur de destination|serveur interne|serveur destinataire",
    "message": "message|courriel|courrier|mail|mél|contenu|courrier électronique|corps",
    "file": "pièce jointe|pièces jointes|fichier|fichiers|fichier joint|type de fichier|archive|"
    "exécutable|macros",
    "link": "lien|liens|url",
    "header": "en tête|entête|en têtes|entêtes|objet|champ from|champ date|message id",
    "line": "ligne|lignes",
    "bareline": "fins de ligne|fin de ligne",
    "quota": "quota|quotas|espace de stockage|espace disque|stockage|espace alloué|capacité",
    "size": "taille|octets|mo|ko|go|taille maximale|taille maximum",
    "recipients": "destinataires|nombre de destinataires",
    "connections": "connexions|connexion|sessions|connexions simultanées|session",
    "messages": "messages|courriels|mails|nombre de messages",
    "period": "heure|heures|jour|minute|par minute|par heure|par jour|aujourd hui|horaire|"
    "quotidien*|journalier*|demain|peu de temps|court laps de temps",
    "password": "mot de passe|identifiant*|nom d utilisateur ou mot de passe|"
    "identifiant ou mot de passe|mots de passe|login ou mot de passe",
    "login": "authentification|authentifier|authentifié*|identification|s identifier|"
    "authentifiez|vous identifier|identifiez|connecté",
    "mechanism": "mécanisme|méthode d authentification|mécanisme d authentification|"
    "mode d authentification",
    "tls": "tls|ssl|starttls|chiffrement|chiffré*|connexion chiffrée|connexion sécurisée|"
    "liaison chiffrée",
    "certificate": "certificat",
    "clear": "non chiffré*|en clair|non sécurisé*|sans chiffrement",
    "checks": "spf|dkim|dmarc|signature dkim|contrôle spf|vérification spf|politique dmarc|"
    "enregistrement spf",
    "ptr": "ptr|dns inverse|reverse dns|reverse|résolution inverse|résolution dns inverse|"
    "enregistrement ptr|enregistrement inverse|nom inverse|rdns",
    "dns": "dns|mx|enregistrement mx|enregistrement a|enregistrements mx",
    "list": "liste noire|listes noires|blacklist|blackliste|rbl|dnsbl|liste de blocage|"
    "liste rouge|liste antispam|listes antispam",
    "reputation": "réputation",
    "checker": "antivirus|anti virus|base de données|annuaire|filtre|ldap|base des utilisateurs|"
    "analyse antivirus|serveur d authentification",
    "disk": "disque|disque du serveur|espace disque du serveur|file d attente|partition",
    "group": "liste de diffusion|membres|abonnés|modérateur|liste fermée|groupe",
    "rule": "politique|règle|règles|règlement|politique locale|politique de sécurité",
    "command": "commande|paramètre|option|argument",
    "syntax": "syntaxe|caractère|caractères|format de adresse|format d adresse|chevrons|"
    "mal formée|malformée",
    "relay": "relais|relayer|relayage|relaying|relayé|relai",
    "errors": "erreurs|commandes invalides|erreurs de protocole",
    "report": "plaintes|signalements",
    "queue": "délai de remise|délai d acheminement|durée de conservation",
    "unknown": "impossible de trouver|inconnu*|n existe pas|n existe plus|inexistant*|"
    "introuvable*|non trouvé*|"
    "n a pas été trouvé*|n a pas pu être trouvé*|ne correspond à aucun*|n est pas connu*|"
    "non reconnu*|n est pas référencé*|existe pas|n existent pas|non répertorié",
    "exists": "existe|existant*|connu|connue|trouvé*|reconnu*|existent",
    "nobody": "personne à ce nom|aucun utilisateur|aucun compte|aucune boîte|aucune adresse|"
    "aucun destinataire|pas d utilisateur|pas d abonné|pas de compte|pas de boîte",
    "invalid": "invalide|invalides|incorrect*|non valide|pas valide|erroné*|mauvaise adresse",
    "full": "plein|pleine|pleins|pleines|saturé*|quota dépassé|dépassement de quota|remplie|"
    "dépassé son quota|hors quota|quota atteint|quota de disque dépassé|surchargée boîte",
    "over": "dépass*|épuisé*|atteint|atteinte|excède*|excédé*|supérieur*",
    "noroom": "plus de place|pas assez de place|espace insuffisant|plus d espace|pas de place|"
    "espace disque insuffisant|manque de place|place insuffisante|manque d espace",
    "disabled": "désactivé*|suspendu*|clôturé*|fermé*|supprimé*|inactif|inactive|résilié*|"
    "compte bloqué|n est plus actif|n est plus active|expiré*|n est plus utilisé*|verrouillé*|"
    "plus en service",
    "busy": "occupé*|en cours d utilisation",
    "gone": "a quitté|ne travaille plus|parti",
    "moved": "nouvelle adresse|a changé d adresse|déménagé|a déménagé|nouvelle adresse est",
    "listed": "listée|listées|est listé*|été listé*|êtes listé*|blacklisté*|figure sur|"
    "figure dans|"
    "présent* sur|inscrit* sur|répertorié*|"
    "fiché*|est dans|présente dans",
    "blocked": "bloqu*|banni*|interdit d accès|indésirable sur",
    "refused": "refus*|rejet*|repoussé*",
    "accepted": "accept*|autoris*|permis|permise|admis|admise|habilité*",
    "forbidden": "interdit*|prohib*|défendu|non autoris*|non permis*|pas le droit",
    "bad": "mauvais*|faible|médiocre",
    "required": "requis|requise|requises|obligatoire*|nécessaire*|devez|doit|exigé*|exige|"
    "nécessite|veuillez|il faut|doivent|doit être",
    "only": "seulement|uniquement|d abord|seuls|seul|avant",
    "failed": "impossible de vérifier|impossible de contacter|impossible de joindre|"
    "impossible de consulter|impossible d accéder|échec|échou*|erreur|erreur interne|panne|"
    "en panne|problème|défaillan*|incident",
    "wrong": "faux|fausse|incorrects|incorrectes|erronés|ne correspond pas|ne correspondent pas|"
    "mot de passe incorrect",
    "reached": "joignable|répond|accessible|joint|contacter|contacté|vérifié|vérifier|"
    "consulter|possible",
    "resolves": "résolu|résout|résolvable|résoudre|résolution",
    "passes": "valide|conforme|conformes|aboutit",
    "many": "trop de|trop d|limite*|maximum|maximal*|au plus|nombre maximal|nombre maximum|"
    "plafond|trop nombreu*|plus de",
    "large": "trop gros|trop grosse|trop volumineu*|trop grand*|trop lourd*|trop long*|"
    "taille maximale dépassée|dépasse taille|dépasse la taille",
    "fast": "trop vite|ralentiss*|trop rapide*|trop souvent|trop fréquen*|cadence|débit|rythme|"
    "limitation de débit|fréquence",
    "later": "plus tard|réessay*|ultérieurement|de nouveau|à nouveau|retent*|représent*|"
    "renouvel*|nouvelle tentative|renvoyez",
    "wait": "dans quelques minutes|patient*|secondes|attend*|quelques instants|dans minutes|"
    "dans 5 minutes|minutes",
    "new": "premier contact|première fois|nouvel expéditeur|première tentative|jamais vu|"
    "jamais écrit",
    "greylisted": "liste grise|greylist*|mise en liste grise|listes grises|grise",
    "down": "surcharg*|maintenance|hors service|indisponib*|en cours d arrêt|non disponible|"
    "débordé|momentanément indisponible|pas disponible",
    "silent": "délai dépassé|délai d attente|inactivité|temps dépassé|délai expiré|"
    "aucune réponse|pas répondu",
    "spam": "antispam*|anti spam*|spam|pourriel*|indésirable*|non sollicité*|publicit*|spams",
    "judged": "considér*|détect*|classé*|identifi*|reconnu|jugé*|qualifi*|ressemble|"
    "score|suspect*|assimilé*|marqué*",
    "infected": "virus|infecté*|malveillant*|logiciel malveillant|vérolé*",
    "phishing": "hameçonnage|phishing|fraudul*|escroquerie",
    "forged": "usurp*|falsifié*|forgé*",
    "missing": "manquant*|manque|absent*|absence|vide|sans|aucun|aucune|ne contient pas|n a pas",
    "several": "plusieurs|doublon|en double",
    "malformed": "mal formé*|malformé*|non conforme*|rfc 5322",
    "loop": "boucle|bouclage|boucle de courrier|trop de sauts",
    "hellofirst": "dites bonjour|ehlo d abord|helo d abord|envoyez helo|envoyez ehlo",
    "mailfirst": "mail from d abord|expéditeur d abord",
    "rcptfirst": "aucun destinataire valide|pas de destinataire|destinataire d abord",
    "order": "mauvaise séquence|séquence incorrecte|mauvais ordre|hors séquence",
    "unimplemented": "non implémentée|non supporté*|non prise en charge|non pris en charge|"
    "pas prise en charge|commande inconnue|non reconnue|n est pas supporté*|pas supporté*",
    "utf8": "smtputf8|non ascii|unicode",
    "foreign": "extérieur*|externe*|autres domaines|étranger*",
    "local": "local|locale|hébergé|hébergés|géré|nos domaines|nos clients|gérés",
    "own": "appartient|appartenant|au nom de",
    "nomail": "ne reçoit pas de courrier|n accepte pas de courrier|n accepte aucun courrier|"
    "ne reçoit pas de mail|ne reçoit aucun courrier",
    "temporary": "temporair*|momentané*|pour instant|actuellement|provisoire*|en ce moment",
    "abused": "piraté|compromis|compromise",
    "vague": "impossible|dans ce domaine|sur ce domaine|sur ce serveur|sur ce système|"
    "sur nos serveurs|"
    "accès|remis|remise|distribu*|livraison|désolé|transaction|demande|"
    "action|opération|raison|acheminé|code",
    "if": "si|au cas où|s il",
    "see": "voir|consultez|veuillez consulter|plus d informations|informations|aide|"
    "pour plus|contactez|renseignements|contacter votre",
    "not": "pas|plus|jamais|ni",
    "no": "aucun|aucune|sans|pas de|pas d",
    "but": "mais|cependant|toutefois|car|parce|puisque",
}

LANGUAGE = language(
    "fr", "French", WORDS,
    "le la les l un une des de du d est sont a été ont au aux ce cet cette ces en dans par pour s "
    "à et on que qui qu notre nos n ne y il elle sur depuis avec",
)  # fmt: skip
