"""How words of the languages in Latin letters begin, by the modules of the languages that have it.

Five letters that English has not and a `*`, or a longer word in full.
Written by `python -m tests.knowledge.language.stems` from the tables of the languages.
"""

from __future__ import annotations

STEMS: dict[str, str] = {
    "czech": (
        "adresar adresatu aktua* antivir antivirovy avsak* bohuz* casov* casto* cekej* cerna* "
        "cerne* cerno* cetno* chvil* chyba* chybe* chybi* chybn* cilov* cleno* cykli* databaz "
        "denni* detek* dispozici dlouh* docas* domac* dopis* doruc* dosaz* doslo* dovol* duplicit "
        "duvod* dynamick emailova existuj expirov front* heslo* hlase* hlavi* hodin* "
        "identifikovan implementov informace informaci interni jenom* jeste* jestl* jinyc* jmene* "
        "jmenn* jmeno* kapac* klasi* konfe* listina listine listinu mailu* maily* mistn* misto* "
        "mnoho* momentalne musit* nacha* najit* nakaz* napad* napov* nasic* navst* nebot* nebyl* "
        "necin* nedov* neexi* neimp* nejdr* nejpr* nejso* nejvy* nekol* nelze* nemuz* nenaj* "
        "nenal* neobs* neodp* nepat* nepla* nepov* nepri* nesif* nesou* neusp* nevyz* nezab* "
        "nezad* nezby* nezda* nezna* nikdo* nikdy* norme* obsah* odber* odcho* odepr* odese* "
        "odesi* odesl* odkaz* odmit* odpov* odsta* odstr* okamz* opako* opaku* oprav* overi* "
        "padel* patri* platn* pocet* pocke* poctu* podez* podpo* podvo* podvr* pokud* pokus* "
        "poprv* porad* poruc* posil* poslo* postr* postu* posty* potre* pouze* pouzi* povaz* "
        "poves* povin* povol* pozad* pozas* pozde* prave* prazd* preda* predm* prekl* prekr* "
        "prelo* prepl* prepo* presa* prest* presu* preti* prihl* prije* prika* prili* prilo* "
        "pripo* pripu* prist* prosi* prosl* protoze provo* prvni* radku* relac* reverzni "
        "reverzniho rychl* schra* sedem* sedou* serverem sezna* sifro* skodl* skupi* sluzb* "
        "smaza* smyck* soubo* souca* spammeru spamu* spatn* spoje* spoji* spust* stizn* takov* "
        "tomto* totoz* transakc uctem* udaje* udaju* udrzb* ulozi* utvor* uvede* uzavr* uziva* "
        "vaseh* vasim* velky* vetsi* vicek* vycer* vycke* vyhod* vypad* vypnu* vyprs* vytiz* "
        "vyzad* vzdal* zabez* zacyk* zadna* zadni* zadno* zadny* zamit* zanep* zapln* zapsa* "
        "zasil* zatim* zavir* zavor* zazna* zfals* zjist* zkust* zmeni* znaky* znama* znamy* "
        "zneuz* zpetn* zprav* zruse*"
    ),
    "czech danish dutch french italian norwegian portuguese spanish swedish": ("distr*"),
    "czech danish dutch german norwegian polish russian_in_latin swedish ukrainian_in_latin": (
        "lokal*"
    ),
    "czech danish dutch hungarian norwegian polish russian_in_latin swedish turkish ukrainian_in_latin": (  # noqa: E501
        "moderator"
    ),
    "czech danish estonian finnish german norwegian polish russian_in_latin swedish ukrainian_in_latin": (  # noqa: E501
        "sekun*"
    ),
    "czech danish estonian german norwegian": ("kompr*"),
    "czech danish estonian german norwegian polish swedish": ("konto*"),
    "czech danish estonian german norwegian russian_in_latin ukrainian_in_latin": ("deakt*"),
    "czech danish estonian hungarian norwegian polish russian_in_latin swedish turkish ukrainian_in_latin": (  # noqa: E501
        "rekla*"
    ),
    "czech danish estonian italian norwegian polish portuguese russian_in_latin spanish swedish ukrainian_in_latin": (  # noqa: E501
        "auten*"
    ),
    "czech danish estonian norwegian swedish turkish": ("kontr*"),
    "czech danish hungarian norwegian russian_in_latin swedish": ("aktiv*"),
    "czech danish norwegian polish swedish": ("konta*"),
    "czech danish russian_in_latin": ("politik"),
    "czech danish swedish": ("certifikat frekv*"),
    "czech dutch": ("overe*"),
    "czech dutch german portuguese spanish swedish": ("extern"),
    "czech estonian french italian polish portuguese russian_in_latin spanish swedish turkish ukrainian_in_latin": (  # noqa: E501
        "filtr*"
    ),
    "czech french italian polish portuguese spanish": ("autor* figur*"),
    "czech hungarian italian norwegian portuguese swedish turkish": ("posta*"),
    "czech hungarian norwegian polish russian_in_latin ukrainian_in_latin": ("domen*"),
    "czech hungarian russian_in_latin ukrainian_in_latin": ("kvota*"),
    "czech italian polish portuguese russian_in_latin spanish ukrainian_in_latin": ("metod*"),
    "czech polish": ("akcep* jedno* konce* mailo* oznac* rozpo* systemu zakaz* zasad*"),
    "czech polish russian_in_latin": ("podpi*"),
    "czech polish russian_in_latin ukrainian_in_latin": ("adresat adresu parametr zablo*"),
    "czech polish ukrainian_in_latin": ("adresy bloko* nalez*"),
    "czech russian_in_latin": (
        "disko* konec* minutu nepod* operac posko* posle* posto* pravi* reputac sprav* velik*"
    ),
    "czech russian_in_latin turkish": ("politika"),
    "czech russian_in_latin ukrainian_in_latin": (
        "adresa dostu* kvotu* neakt* nedos* nepra* nezas* prost* serveru servery zaban* zaraz*"
    ),
    "czech swedish": ("disku*"),
    "czech ukrainian_in_latin": ("bloku* infik* nespr* treba* znovu*"),
    "danish": (
        "aarsa* accepter afmel* afsen* afsla* afvis* anmod* arbej* arsag* bagve* bandl* beret* "
        "beske* besoe* besog* bruge* daarl* destinationsserver desva* dette* doegn* finde* fjern* "
        "foelg* foers* forbindelser forke* fuldt* funde* fyldt* godke* graal* graen* haand* "
        "hjael* hoejs* hojst* hostes hurti* hverk* identificer ifald* indba* indho* jeres* kende* "
        "kendt* kodeo* koeen* kraev* kunne* laeng* lobet* loebe* loekk* loginmetode "
        "loginoplysning lukke* mailen mailliste markeret matcher meget* mistaenk modta* naaet* "
        "naegt* netva* noedv* oejeb* ojebl* omdoe* opbru* ophoe* ophor* optag* optra* overfyldt "
        "overh* paakr* pakra* plads* proev* raekk* relae* sendende serverens serverfejl slaas* "
        "sloej* slojf* sorte* sortl* spaer* spammail staar* stoer* stoppet tilga* udelu* udenf* "
        "udgaa* udgae* udsen* ukend* understoetter understoettes understotter understottes uoens* "
        "utill* vedha* venli* vores*"
    ),
    "danish dutch": ("opsla* virusscanner virussen"),
    "danish dutch french norwegian swedish": ("abonn*"),
    "danish dutch german norwegian": ("besta*"),
    "danish dutch german norwegian polish swedish": ("maila*"),
    "danish dutch german norwegian swedish": ("lande* regel*"),
    "danish dutch norwegian": ("handt* misbr*"),
    "danish dutch norwegian swedish": ("adressen dagli* overb*"),
    "danish estonian": ("saada*"),
    "danish estonian finnish norwegian russian_in_latin turkish": ("maksi*"),
    "danish estonian italian norwegian russian_in_latin swedish": ("grupp*"),
    "danish estonian norwegian": ("eksis*"),
    "danish estonian norwegian polish russian_in_latin swedish ukrainian_in_latin": ("katal*"),
    "danish estonian norwegian swedish": ("postk*"),
    "danish estonian turkish": ("bloke*"),
    "danish finnish norwegian swedish turkish": ("mekan*"),
    "danish french german norwegian": ("adresse"),
    "danish french norwegian": ("ligne*"),
    "danish french norwegian swedish": ("regle*"),
    "danish german": ("anmel* domae* emailadresse konti* mailk*"),
    "danish german hungarian norwegian swedish": ("inakt*"),
    "danish german norwegian russian_in_latin swedish": ("klass*"),
    "danish german norwegian swedish": ("adressat klart* komma* kunde*"),
    "danish hungarian": ("fejle*"),
    "danish hungarian norwegian": ("fordi* linke*"),
    "danish norwegian": (
        "adgan* adresseformat andre* ansat* darli* denne* derfo* diskp* dobbe* dogne* ekste* "
        "emnef* emnel* filteret flere* folge* forbu* fremm* gyldi* hacket hjemm* intet* klage* "
        "lager* linje* listet logget lokke* mailboks mange* mangler maski* masse* midle* minutter "
        "misda* misly* navne* nodve* omdom* omven* overskred overskredet passer postboks "
        "privatkunde retni* sendt* sener* serveren sikke* skade* skift* slett* stemm* suspender "
        "svare* svind* syntaks tiden* tilho* timen* tjene* ugyld* ukryp* uonsk* usikk* utilg* "
        "utils* vedli* vegne* vider* vurde*"
    ),
    "danish norwegian russian_in_latin swedish": ("diske*"),
    "danish norwegian swedish": (
        "aldri* anses* antal* bedra* breve* diskk* drift* dynamisk eller* falsk* filer* filty* "
        "flytt* forbindelse forfa* forso* forst* grali* hasti* implementer ingen* intern krypt* "
        "kvote* lever* medle* overskrid overstig personen postl* posts* samti* signatur spamf* "
        "storr* systemet tidsg* tilla*"
    ),
    "danish russian_in_latin": ("infic*"),
    "danish swedish": ("betra* bilag* brevh* dagen* medde* nedla* sadan* sessioner"),
    "dutch": (
        "aange* aanme* aanta* aanva* aanwe* accepteert accepteren achte* actie* adresnotatie "
        "afgek* afgel* afges* afgew* aflev* afzen* allee* authenticatie authenticatiemethode "
        "authenticatieserver authenticeren authentificatie behoo* beken* belei* beoor* berei* "
        "beric* besme* beste* bevat* bevei* bevoe* bezet* bezoe* bezor* bijla* boven* briev* "
        "buite* certificaat certificaten commando consumenten controleren dagel* dient* doels* "
        "doorg* doors* doorz* duurd* echte* eerst* emailadres encryptie enkel* evenm* foute* "
        "fouti* frequentie geacc* geadr* geaut* gebru* gecla* gecom* gecon* gedea* gedet* gefaa* "
        "geide* geimp* geinf* geldi* gelie* gelij* gemar* genoe* genot* gesla* geslo* gespo* "
        "gevon* gewee* gewei* gewij* gezie* grijs* grijz* groep* groot* grote* heeft* helaa* "
        "herke* herle* hoogs* hoort* inactief inactiviteit indie* informatie ingel* inhou* kapot* "
        "klach* klant* klopp* klopt* koppe* kopre* kring* kwaad* leden* lijkt* lijst* limie* "
        "lokaa* mailbericht mailinglijst maximaal mechanisme medew* meerd* mislu* misvo* mocht* "
        "moete* mogel* mogen* momenteel morge* naams* nagem* neemt* netwe* nieuw* nodig* nogma* "
        "noodz* nooit* ogenb* omdat* omgek* omgez* onbek* onber* onbes* onbev* onder* ongel* "
        "ongev* ongew* onjui* ontbr* ontoe* ontva* onver* onvol* opdra* opgeb* opgeh* opgel* "
        "opges* opgez* oplic* opmaa* opnie* overschr overschreden overt* overv* persoon pogin* "
        "postbak postbus postv* probe* probleem quotu* raadp* reden* reputatie resolven ruimt* "
        "schij* seconden serverschijf sessie sessies slaag* slech* snelh* spambericht staat* "
        "strak* stuur* syntaxis systeem teken* tevee* thuis* tijde* toebe* toega* toege* "
        "transactie uitga* uitge* uitsl* uurli* vanda* verba* verboden verda* verei* verhu* "
        "verlo* verpl* versl* verst* verva* verwi* verwo* verzo* voldo* volge* volgo* volle* "
        "voorl* voorw* vreem* wacht* weige* weini* werkt* worde* wordt* zonde* zwart*"
    ),
    "dutch finnish": ("minuu*"),
    "dutch french": ("controle interne maximale"),
    "dutch german": (
        "ander* antwo* besch* diens* dynamisch geblo* gehac* gehos* minuten namen* niema* platt* "
        "schad* verbi* verze*"
    ),
    "dutch hungarian": ("mailt*"),
    "dutch hungarian norwegian": ("blokk*"),
    "dutch japanese": ("domei*"),
    "dutch norwegian": ("meldi* verke*"),
    "dutch polish russian_in_latin ukrainian_in_latin": ("tekst*"),
    "dutch portuguese": ("recla*"),
    "dutch portuguese spanish": ("fraude"),
    "dutch swedish": ("dubbe* inlog* omvan* spaml*"),
    "dutch turkish": ("verme*"),
    "estonian": (
        "aadre* adressaa aegum* aegun* aegus* ainul* ajuti* aktse* allki* andme* argumen domee* "
        "dunaa* ebaon* edast* esime* failid failituup grupi* hakit* halli* halln* halva* hilje* "
        "hinna* hoiva* hoold* juhul* kaeba* kaebu* kahju* kaske* kasku* kasut* katki* katte* "
        "kaugs* keela* keeld* kehte* kehti* ketas* ketta* kiire* kirju* klapi* klien* koduk* "
        "kohal* koige* kolin* korda* krupt* kustu* kvood* kvoot* labin* labis* lahen* lahku* "
        "leiti* leitu* lihtt* liiga* liigi* liikm* limii* lingi* lisai* loend* loeti* logig* "
        "lubat* lugeg* lukat* madal* mahup* manus* margi* mehha* meili* minutis moderaator muutu* "
        "nakat* nimek* nimel* nimes* nouta* nurju* ongit* oodak* otsas* paeva* pahav* palju* "
        "palun* parameet paras* parin* paroo* passiivne peata* peeta* pettu* piira* piisa* pohju* "
        "polii* poord* praeg* proov* puudu* ramps* reava* reege* reegl* reputatsioon ridad* "
        "riigi* ringl* rohke* ruumi* saade* saadu* saaja* saami* saatj* saatm* saavu* saged* "
        "sagel* salve* seans* seega* selli* serverile serveris sihts* sisem* sisse* sisus* sobim* "
        "sonum* soovi* standardile sulet* sunta* suste* suuru* tagas* tagur* teade* teate* teema* "
        "teeni* teenu* teilt* teist* tihti* toeta* toime* toota* topel* torge* torke* tsukk* "
        "tsukl* tuleb* tundm* tunta* turva* tuvas* uhend* uhteg* uleko* uleta* uuest* vaada* "
        "vaata* vahen* vajal* vales* valin* valja* valju* vastu* vigan* vigas* viide* viiru* "
        "viite* voeta* voetu* volts* voora* vorgu* vormi*"
    ),
    "estonian finnish": (
        "aktii* hetke* jarje* kirja* kirje* kuulu* maine* musta* olema* posti* saata* salas* "
        "silmu* suure* tunni* vasta*"
    ),
    "estonian finnish norwegian russian_in_latin turkish": ("serti*"),
    "estonian german italian": ("mitte*"),
    "estonian italian": ("minuti"),
    "estonian norwegian swedish turkish": ("epost*"),
    "estonian portuguese spanish": ("paise*"),
    "estonian russian_in_latin": ("bloki*"),
    "estonian ukrainian_in_latin": ("serveri"),
    "finnish": (
        "aiher* aikak* aikar* ainoa* allek* argumentti asiak* dynaa* edell* eivat* ellei* enimm* "
        "enint* ensim* ensin* epail* epake* epaon* estet* estol* etapa* hairi* haitt* hakem* "
        "harma* havai* heikk* henki* huija* huolt* huono* hylat* hylka* hyvak* ilman* ilmoi* "
        "istun* jaady* jakel* jasen* joukk* kaant* kaapa* kaksi* kalas* kasit* katso* kauan* "
        "kayta* kayte* kayto* kaytt* kelpa* kelvo* kiell* kielt* kiint* kohde* kokor* koodi* "
        "koska* kuite* kulut* kuorm* kysei* lahet* lahte* lakka* lapai* levyk* levyn* levyt* "
        "liian* liika* liite* liitt* linkin linkit linkk* lisaa* lisat* loppu* loyde* loydy* "
        "loyty* lukit* luoki* luupp* luvat* maara* maast* maino* maist* merki* merkk* mikal* "
        "moderaattor monta* muihi* muill* muoto* murre* mutta* muutt* myohe* nimip* nopea* nopeu* "
        "nouda* odota* oikeu* osoit* oteta* otsak* otsik* paika* paiva* paivi* pakol* paljo* "
        "palve* parametri passivoi petos* pitka* poiss* poist* portt* puutt* rajan* rajoi* releo* "
        "riita* riitt* rivin* rivit* roska* saann* saant* saapu* saast* sahko* salaa* salat* "
        "salau* salli* selko* sella* siirt* siksi* silla* sinun* sisai* sisal* spammi sulje* "
        "suoda* suoja* suuri* syntaksi taall* talla* talle* tanaa* tarki* tarpe* tartu* tarvi* "
        "tasma* tavoi* tavua* taynn* taysi* taytt* tayty* teida* teill* tiedo* tieto* tietu* "
        "tihea* tilaa* tilap* tilia* tilil* tilin* toden* toimi* toise* toiss* torju* toteu* "
        "tueta* tulki* tunne* tunnu* tunte* tunti* tyhja* tyosk* ulkoi* ulkop* useam* usein* "
        "useit* uudel* uudes* vaadi* vaara* vaare* vaari* vaati* vahan* vaiht* valia* valit* "
        "varat* varme* verkk* verko* viera* viest* virhe* viruk* virusta virustorju vuoro* yhtey* "
        "yliku* ylite* ylitt* yrita*"
    ),
    "finnish hungarian italian polish portuguese spanish swedish": ("lista*"),
    "finnish norwegian swedish": ("virusskanner"),
    "finnish polish": ("komen*"),
    "french": (
        "abord* aboutit absence accepte accessible achem* actif* actue* admis* adresses allou* "
        "analyse annon* annua* arret* assez* assim* attei* aucun* aujou* authentification "
        "authentifie authentifier authentifiez autre* avant* banni* blackliste bloca* boite* "
        "bonjo* boucl* caden* capacite cepen* certificat champ* charg* chevr* chiff* clair* "
        "classe clotu* commande commandes compromis compromise compt* conformes connecte "
        "connexion connexions connu* consulter consultez contacter contactez contenu contient "
        "corps* correspond correspondant correspondent courr* cours* court* debit* debor* defai* "
        "defen* delai* demande demen* depas* desol* destinataire destinataires detect devez* "
        "diffu* disqu* dista* dites* doive* domaine domaines donne* doublon droit* duree* "
        "dynamique dynamiques echec* echou* ecrit* emett* enreg* entet* envoi* envoy* epuis* "
        "erreu* escro* etran* existant exped* expire exterieur externe faibl* fauss* ferme* "
        "fichi* formee fourn* fraudul frequen frequence geres* groupe habil* hamec* heber* heure* "
        "horai* identifi identifiant identification identifiez implementee inactif inactivite "
        "incon* incorrecte incorrectes incorrects inexistant infecte informations insuffisant "
        "insuffisante introuvable invalide invalides joign* joind* joint* journ* lettr* liais* "
        "liens* limitation listee listees listes livra* logic* lourd* malforme malformee malve* "
        "manqu* marqu* mauva* medio* messagerie methode moderateur momentanement necessaire "
        "necessite noire* nouve* objet* obligatoire ordre* panne* parce* patie* permis permise "
        "personne piece* pirat* place* plafo* plage* plaintes plate* plein* plusi* politique "
        "pourr* premi* prise* probleme protocole provisoire publicit puisq* qualifi quelq* quitt* "
        "quotas quotidien raiso* ralen* rapide reception recoi* reconnu reconnue reess* relai* "
        "relayage relaye relayer remis* rempl* renou* rense* renvo* reper* repon* repou* repre* "
        "requis requise requises resea* residentiel resil* resolu resolvable resoudre resout "
        "resse* reten* retou* rouge* rythm* sature sauts* secondes securise securisee securite "
        "serveur serveurs seule* seuls* signalements simultanees solli* sorta* souve* stock* "
        "supporte supprime surch* suspendu syntaxe systeme taill* temporair temps* tetes* toute* "
        "trava* trouv* uniqu* usager usurp* utilisateur utilisateurs utilisation utilise valide "
        "verifie verifier verol* verro* veuil* volumineu votre*"
    ),
    "french german": ("gross*"),
    "french german hungarian": ("maximal"),
    "french italian": ("appar* atten* conse* locale momentane occup* ulter*"),
    "french italian portuguese": ("conforme indes* membr* presente tenta*"),
    "french italian portuguese russian_in_latin spanish": ("falsi*"),
    "french italian portuguese spanish": ("grand* indis* limite super*"),
    "french italian spanish": ("acced*"),
    "french portuguese": ("demai* emiss* inscr* interdit jamai*"),
    "french portuguese spanish": (
        "bloqu* carac* desac* espac* excede exige* existe fiche* insta* mecan*"
    ),
    "french spanish": ("contacte disponible elect* erron* grise* nombr* prohib"),
    "french turkish": ("parametre"),
    "german": (
        "abgef* abgel* abges* abgew* absender absenderadresse absenderdomaene absenderdomain "
        "absenderdomane absenders adressaten akzep* anfra* angen* anhae* anhan* aufge* auflo* "
        "ausge* authentifizier authentifizierungsverfahren authentisier befeh* begre* bekan* "
        "beleg* benoe* benot* benut* berec* betre* betru* bewer* bitte* blockiert blockliste "
        "brief* datei* daten* defek* derze* diese* doppe* duerf* durfe* einge* einig* einlo* "
        "einma* eintr* empfa* endlo* erfor* erkan* erlau* ermit* erneu* errei* ersch* erste* "
        "erstk* existier existiert falls* falsc* fehle* fehlf* fehlg* fehlt* festp* fremd* geban* "
        "gefae* gefal* gefun* gehoe* gehor* gelis* geloe* gelos* genue* genug* gepru* gesch* "
        "gesen* gespe* gesta* gesto* graue* groes* grund* guelt* gulti* haeuf* haufi* heute* "
        "hochs* hoech* identifiziert ihnen* ihrem* ihren* implementiert infiz* informationen "
        "inhal* interner jedoc* keine* kennw* klamm* konfo* kopfz* korre* laend* leide* "
        "mailschleife mechanismus mehre* meldu* missb* mitgl* momentan muess* musse* nachg* "
        "nachr* naehe* naher* nicht* niedr* nimmt* nochm* noeti* notig* notwe* nutze* ordnu* "
        "passwort platz* postfach privatkunden rechn* reihe* richt* ruckw* rueck* schle* schne* "
        "schwa* sendelimit senden siehe* sitzu* sollt* sonde* spaet* spate* speic* steht* "
        "stillgelegt stimm* taegl* tagli* teiln* uberf* uberl* uberp* ubers* ueber* umgez* unbek* "
        "unerw* ungue* ungul* unser* untersagt unterstuetzt unterstutzt unverschluesselt "
        "unverschlusselt unzul* verboten verfu* versa* versc* verse* versu* verte* verwe* viele* "
        "viren* vorha* vorub* vorue* waehl* wahlz* warte* wartu* weder* weite* wenig* werbe* "
        "werbu* werde* wiede* zeich* zeile* zeitl* zeitu* zeitw* zerti* ziela* ziels* zuers* "
        "zugan* zugel* zuges* zulae* zulas* zuruc* zurue* zurze* zusta* zuste* zuvie*"
    ),
    "german italian swedish": ("doman*"),
    "german norwegian": ("arbei* sperr*"),
    "german polish": ("konte*"),
    "german swedish": ("adressformat stund*"),
    "hungarian": (
        "adatb* adath* alacs* alair* alkal* amenn* argumentum atkol* atmen* azonb* azono* bejel* "
        "belso* betel* bizto* boveb* celsz* ciklu* cimen* cimet* cimta* cimze* csala* csalo* "
        "csato* dolgo* egyez* elege* elerh* elern* elert* elfog* elkol* ellen* elobb* elofi* "
        "elosz* eluta* enged* erkez* erven* ezert* feket* felad* felel* felfu* felha* felis* "
        "felto* ferto* fiokj* fioko* fogad* fogla* fordu* gyako* gyakr* gyanu* gyors* haloz* "
        "hamis* haszn* hatte* hazir* helyi* helyt* hiany* hibas* hibat* hirne* hitel* hivat* "
        "hossz* hozza* hurok* idege* ideig* idoko* idotu* ilyen* informacio inverz irany* ismer* "
        "ismet* jelen* jelol* jelsz* jogos* kapcs* karba* karte* keres* keret* kerju* kesob* "
        "ketsz* keves* kezbe* kezel* kimen* kimer* kiszo* kitil* kizar* korbe* korla* kotel* "
        "kovet* kulde* kuldh* kuldo* kulso* lakos* latot* leall* legfe* lemez* letez* letil* "
        "levele leveled levelek leveleket levelet levelezesi levelezolist levelezoszerver "
        "levelszemet lezar* masod* mechanizmus megen* megfe* meghi* megin* megsz* megta* megte* "
        "megva* melle* meret* minos* mivel* mulva* munka* muvel* nagyo* napon* nehan* nelku* "
        "neveb* nevki* nevsz* nincs* onnek* orank* orsza* oszta* panas* parancs percenkent percet "
        "pilla* probalja rende* rends* reputacio rossz* sajno* segit* siker* sorok* sorre* sorve* "
        "spamszur szaba* szama* szeme* szere* szerv* szint* szolg* szuks* szurk* szuro* tagja* "
        "tagok* talal* tamog* tanus* targy* tarhe* tarta* tarte* tarto* tavol* teves* tilos* "
        "tilto* titko* torol* tovab* tulle* tulte* tunik* uzene* valas* varjo* vegte* virusirto "
        "viruskereso virusos virust vissz* zarol*"
    ),
    "hungarian italian portuguese russian_in_latin spanish turkish": ("dinam*"),
    "hungarian polish": ("rekor*"),
    "hungarian turkish": ("karak*"),
    "italian": (
        "abili* accessibil accesso accet* aiuto* alcun* alleg* altri* ammes* anoma* archiviazione "
        "archivio argom* asseg* assen* attiv* attua* bandi* banna* bassa* bensi* bisog* "
        "blacklistato blocc* cancellat capacita capie* carat* casel* casse* catti* censi* "
        "certificato cessa* chiar* chiav* chius* classificat clienti codic* collegamenti "
        "collegamento compromess connessione connessioni conos* considerat consulta consultare "
        "contatta contattare contatto contemporanee contenuto conto* contraffatt contrassegnat "
        "controllo corrett corri* credenziali crite* critt* degli* destinatari destinazione "
        "devon* dimen* disabilitat disat* disme* disponibile domini doppi* dovet* duplicat ecced* "
        "ecces* effet* elenc* elett* errat* errore errori esaur* esclu* esegu* esist* esten* "
        "ester* estra* falli* fraudolent frequenza frode* fuori* giorn* giudi* grigi* guast* "
        "identificat implementat impossibile inatt* indir* individuat inesi* informazioni inolt* "
        "inser* insufficiente interrogare intes* invia* invii* invio* iscri* istan* lasci* lavor* "
        "lettera limiti linee* locali maggi* malev* malformat malformato malfunzionamento manca* "
        "massima massimo mecca* messaggi messaggio moderatore nazio* nella* nemme* nessu* nostr* "
        "nuova* nuovo* obbli* occor* ogget* oltre* operazione opzio* orari* ospit* paese* paesi* "
        "partizione perch* permess pesan* pessi* piena* poich* politiche possibile possiede "
        "prego* primo* problemi propr* provv* pubbl* punte* qualc* questo raggi* rapidamente "
        "recap* registrat regol* reinv* reputazione residenzial respi* ricev* richi* ricon* "
        "rifiu* riget* righe* rilan* rilev* rimos* ripet* ripro* risol* rispo* risul* riten* "
        "riusc* sbagl* scadu* scars* scart* scono* secondi segna* segui* sembr* senza* sequenza "
        "servizio sessione sessioni sicur* simultanee solle* solta* somig* sovra* spazi* spazz* "
        "spedi* spegn* spess* spiac* stata* stato* successivamente sufficiente supportat tardi* "
        "temporane titol* transazione trasf* tropp* trova* truff* tutta* usare* uscit* utent* "
        "utenz* utilizzare utilizzo valida validi veder* verifica verificare verificat vieta* "
        "visita volta* voluminoso vostr* vuoto*"
    ),
    "italian portuguese": (
        "ciclo* infet* lamen* manut* multipl necessari necessario proib* quant*"
    ),
    "italian portuguese russian_in_latin spanish": ("sinta*"),
    "italian portuguese russian_in_latin spanish turkish": ("siste*"),
    "italian portuguese spanish": (
        "cifra* coman* destinataria destinatario domes* dominio falso* formato interno inversa "
        "inverso minuto momento motiv* numero parametro politica problema remoto ritmo* valido "
        "veloc*"
    ),
    "italian russian_in_latin": ("danno*"),
    "italian russian_in_latin turkish ukrainian_in_latin": ("parol*"),
    "italian spanish": (
        "cambi* contiene dispone elimi* firma* gesti* linea* persona solam* sospe* unica*"
    ),
    "japanese": (
        "adore* anata* angok* arima* atesa* bokku* burak* burok* choka* chuke* fairu* fumei* "
        "gurei* gyaku* haish* hitsu* ichij* ippai* jushi* kensh* kinsh* konza* kyohi* kyoka* "
        "manpa* masen* meeru* meiwa* mente* messe* mitsu* mukou* ninsh* nochi* ookis* pasuw* "
        "risut* rogui* saaba* sabis* saido* saiso* saizu* sashi* seige* setsu* shiba* shima* "
        "shipp* shisu* sonza* soshi* teish* tenpu* tenso* uirus* yoryo* youry* yuuza* yuzaa*"
    ),
    "japanese russian_in_latin ukrainian_in_latin": ("koman* nashi*"),
    "japanese swedish": ("hante*"),
    "japanese ukrainian_in_latin": ("akaun*"),
    "norwegian": (
        "akkur* aksep* arsak* avsen* baken* bakle* berre* besto* bredb* bredd* bruka* bruke* "
        "brukt* bytte* deres* derso* dessv* feila* feile* feilf* finne* finst* foresporsel fulle* "
        "godkj* godta* grens* hjelp* hoyst* identifiser igjen* ikkje* infis* informasjon innbo* "
        "innho* innlo* jobbe* kjenn* kjent* kreve* lenge* lenke* lenkj* maltj* mello* merke* "
        "minutt miste* nettf* nettv* okter* oppbr* oppfo* oppfy* oppho* oppsl* oppta* overfylt "
        "oyebl* pakre* palog* plass* rappo* raskt* regne* rekke* revers reversoppslag samsv* "
        "seine* sendehastighet serverfeil sjekk* sloyf* slutt* soppe* steng* stott* tidsa* tilgj* "
        "tilko* treng* ukjen* utelu* utenf* utest* utsen* vedle* vennl*"
    ),
    "norwegian portuguese": ("passo*"),
    "norwegian portuguese spanish swedish": ("poste*"),
    "norwegian swedish": (
        "avsla* avslu* avvis* bannl* besok* finns* fullt* funne* hacka* lagri* motta* rykte* "
        "storl* svart* utgae* vidar* viruset"
    ),
    "polish": (
        "administratora adresatow adresem adresow aktyw* antyw* awari* bezcz* bezpi* blackli "
        "bledn* bledo* bledu* bloka* certy* chwil* czarn* czaso* czasu* czest* czlon* dalej* "
        "danyc* dezak* dobow* docel* domow* dorec* doste* dozwo* dynamiczn dystr* dzien* falsz* "
        "gdyby* godzi* hasel* hasla* haslo* ilosc* imien* informacj informacji innyc* istni* "
        "jedna* jedyn* jesli* jeszc* jezel* kolej* konci* konie* konse* krajo* kraju* lacze* "
        "liczb* linia* linie* linii* lisci* listo* listu* listy* logow* mechanizm miejs* mozes* "
        "mozli* mozna* musis* nadaw* naglo* najpi* nasze* naszy* nazwa* nieak* niech* niecz* "
        "niedo* nieis* nieob* niepo* niepr* niest* niesz* nieud* nieup* niewa* niewy* nieza* "
        "niezb* niezg* niezn* nigdy* niska* niski* obcia* obecn* oceni* odbie* odbio* odmow* "
        "odnal* odnos* odpow* odrzu* odsyl* odsze* odwie* odwro* operacj osiag* osoby* oszus* "
        "otwar* panst* pierw* pliki* pliko* pliku* pocze* poczt* podej* podsz* podwo* pojem* "
        "polac* polec* pomoc* pomys* ponie* ponow* popra* posia* posre* potrz* powio* powod* "
        "pozni* pracu* prosz* przec* przej* przek* przen* przep* przer* przes* przez* przyd* "
        "przyj* przyk* przyp* quoty* regul* reputacj rozwi* serwe* serwi* sesji* sfals* sform* "
        "skaso* sklad* sklas* skont* skrzy* spoza* spraw* subsk* szara* szare* szcze* szybk* "
        "szyfr* takie* techniczna temat* transakcj tresc* twoja* twoje* tylko* tymcz* umies* "
        "uplyn* upraw* uslug* usuni* uszko* uwier* uznal* uznan* uzyci* uzytk* weryf* wewne* "
        "wiado* widni* wiece* wieks* wiele* wielk* wielu* wiers* wirus* wlama* wolne* wpisa* "
        "wpisu* wycho* wycze* wygas* wygla* wykon* wykor* wykry* wylac* wylud* wymag* wymog* "
        "wysla* wysli* wysyl* zabra* zabro* zacze* zaden* zainf* zajet* zakla* zalac* zalog* "
        "zamkn* zapel* zapet* zawie* zawir* zbano* zdaln* zdupl* zewne* zezwa* zezwo* zgadz* "
        "zglos* zgodn* zhako* ziden* zlikw* zlosl* zmien* znajd* znaki* znaku* znala* znale* "
        "znana* znany* znowu* zobac* zosta* zwery* zwroc* zyczy*"
    ),
    "polish russian_in_latin": ("podro* zadan*"),
    "polish russian_in_latin turkish ukrainian_in_latin": ("abone*"),
    "polish russian_in_latin ukrainian_in_latin": ("dopus* dosta* obslu* skane* spame*"),
    "polish ukrainian_in_latin": (
        "antys* braku* dysko* dysku* kilka* maksy* polityk polityka ponad* rozmi* skarg* sprob*"
    ),
    "portuguese": (
        "aceit* acess* acima* admitid aguar* ajuda* algun* alhei* alterado amanh* anexo* apena* "
        "armaz* arqui* assin* assun* ating* atual* avali* avari* baixa* banco* banid* barrad "
        "cadas* caixa* capacidade categorizad chave* cinza* cinze* claro* classificad comprometid "
        "confe* conhe* contas contatar contate contato contem conteudo contu* correio corresponde "
        "credenciais cript* dados* defei* depre* desab* desat* descu* desej* detet* devem* devol* "
        "diret* discu* disponivel eletr* empre* encer* ender* enqua* entan* errad* erros* esgot* "
        "estou* excedeu excedid excesso exclu* executave exigi* existem expirad extensao fazer* "
        "finai* forja* frequencia frequente golpe* hackead hospe* impossivel inati* incorret "
        "incorreta incorretas incorretos inexistent informacoes invad* invalida ligac* limites "
        "linha* locai* localizad longa* lotad* malformad mudou* muita* muito* nenhu* nesse* "
        "nomes* nosso* novam* obrig* opcao* operacao outra* outro* padra* pagam* palav* particao "
        "pedid* pesso* pontu* porem* possivel possu* prazo* preci* propa* publicidade queix* "
        "razao* receb* reconhecid reconhecido recus* redirecionamento reenc* registo regra* "
        "rejei* remet* removid reputacao residencia resolucao resolv resolvid resposta reversa "
        "reverso saiba* saida* sendo* senha* sequencia servico sessa* sesso* somen* supor* "
        "suspeit suspens temporari temporariamente tente* transacao ultra* usada* utilizador "
        "utilizadores vazio* verificacao voces* vossa* vosso*"
    ),
    "portuguese russian_in_latin spanish": ("prove*"),
    "portuguese russian_in_latin spanish ukrainian_in_latin": ("retra*"),
    "portuguese spanish": (
        "alcan* aloja* antes* apare* argumento ausen* cabec* cancelad certificado clientes codig* "
        "coinc* conex* considerad const* consultar consulte contactar contacto demas* dentr* "
        "denun* desco* destinatarios destino detectad diari* dominios duplicad encam* encon* "
        "encri* entra* entre* envia* envie* envio* esper* excedida excedido falta* formado grupo* "
        "horar* horas* identificad implementad inactiv incluid infectad inici* insuficiente "
        "invalidos malicios malicioso maqui* marca* maxima maximo mensa* minutos moderador "
        "momentaneamente negad* negra* ningu* nunca* ocupa* orige* parec* permitid perte* "
        "politicas porqu* prime* problemas rapido reenv* registrad registro requer responde "
        "segun* segur* servidor servidores simultaneas sobre* solic* taman* tampo* texto* traba* "
        "usuar* varias vario* vedad* verificad verificar visite"
    ),
    "portuguese turkish": ("deste*"),
    "russian_in_latin": (
        "adresatov adrese adresom akkau* bazoj* bezop* bolee* bolsh* bystr* chasa* chaso* chern* "
        "chisl* chrez* chyor* danny* davno* dejst* deyst* diska* dlinn* dnevn* dobav* dolzh* "
        "dosti* drugi* drugo* dubli* esche* eschy* eshch* fajla* fayla* fishi* formata grejl* "
        "hrani* hvata* identificir identifitsir imeet* imyon* infit* informac informats intensivn "
        "ische* ishod* iskho* isklj* iskly* ispol* istyo* izmen* izras* izves* izvin* jasch* "
        "junik* juzer* khran* khvat* kolic* koncy* konet* konne* konts* likvi* logina masso* "
        "mejlb* mesta* mestn* mesto* meylb* mnogo* moshe* nagru* nahod* najde* najti* nakho* "
        "napom* narus* nasto* nastr* nayde* nayti* nazna* nebez* nedej* nedey* nedop* neisp* "
        "neizv* nekot* nelzj* nelzy* neshi* nesko* nesus* neuda* neval* nevern nevernaja "
        "nevernaya nevernyh nevernyj nevernykh nevernyy nevoz* nezhe* nikak* novyj* nuzhn* obema* "
        "objaz* obnar* obozh* obras* obrat* obyaz* obyom* ocher* odnov* ogran* opasn* operats "
        "opozn* opred* oshib* ostal* otkaz* otklj* otklo* otkly* otkry* otpra* otsut* otvec* "
        "otver* otvet* ozhid* peree* pereg* perva* pervo* pervy* pisem* pisma* plokh* pocht* "
        "podde* podkl* podli* podme* podoz* pohoz* pokho* politike polny* polom* polon* poluc* "
        "polzo* polzu* pomec* pomos* popal* popro* popyt* porja* poset* potom* povre* pozdn* "
        "pozdo* pozha* pozvo* pozzh* preob* prevy* prich* prina* prini* prinj* priny* prios* "
        "prisu* prizn* profilaktik projd* prosh* prova* rabot* rasce* raspo* rassy* rasts* razme* "
        "razre* relej* reputats schit* segod* sejch* serog* serom* servere serye* seryh* seryj* "
        "seryk* seryy* seych* shifr* sifit* simvo* skobk* skoro* sledu* slish* sluch* smeni* "
        "smotr* snach* snova* soder* soedi* soobs* sootv* sosto* sotru* sovpa* sozha* spamo* "
        "sperv* spisk* spiso* sposo* ssylk* ssylo* strok* susch* sushc* sutki* sutoc* svjaz* "
        "svobo* svoju* svoyu* svyaz* tajma* takih* takik* takoj* tolko* trebu* troya* tsikl* "
        "uchet* uchyo* udaet* udale* udalo* udaly* udayo* ukaza* uvole* uvoli* vhoda* vklju* "
        "vlozh* vnesh* vnesy* vojti* voyti* vozmo* vperv* vredo* vreme* vremj* vremy* vyjav* "
        "vyklj* vysok* vzlom* yasch* yashc* yuzer* zacik* zakon* zanja* zanya* zapis* zapol* "
        "zapre* zapro* zareg* zasch* zashc* zashi* zatsi* zavtr* zhalo* zovat* zuets* zujte* "
        "zuyut*"
    ),
    "russian_in_latin spanish": ("regla*"),
    "russian_in_latin turkish": ("istek*"),
    "russian_in_latin turkish ukrainian_in_latin": ("servis"),
    "russian_in_latin ukrainian_in_latin": (
        "arhiv* arkhi* avtor* bazoy* blekl* chast* chere* chuzh* domas* elekt* falsh* imeni* "
        "khost* kvoty* mehan* mekha* mozhe* nedoz* nekor* neobh* neobk* nikog* novyy* odnak* "
        "perep* peres* porya* povto* prava* proho* prokh* proyd* realizovan reley* rezol* servera "
        "skomp* sluzh* standartu storo* takog* takoy* tayma* tehni* tekhn* tranz* uchas* vasha* "
        "vashe* vashi* vashu* vkhod* vklyu* vnese* vnutr* vykly* vyyav* yunik* zagol* zakry* "
        "zamor* zanes* znach*"
    ),
    "spanish": (
        "abona* accesible acceso accio* acept* actua* adela* adjun* admite admitido agota* ahora* "
        "almac* archivo archivos asign* asunt* aunqu* averi* ayuda* bande* banea* basur* bucle* "
        "buzon* caduc* calif* canti* capacidad carec* carga* casil* catal* cerra* clasi* clave* "
        "completo comprobacion comprobad comprobar comprometida comprometido conoc* contenido "
        "contrasena contrasenas correcta correo correos credenciales cuent* cuerp* cumpl* cuota* "
        "datos* deben* deneg* depri* desea* desha* direccion direcciones directiva directorio "
        "ejecu* embar* emiso* encab* encue* enlac* equip* equiv* errores estaf* excedio exceso "
        "existen expirada expirado expiro falla* finales formada fraca* frecu* fuera* hackeada "
        "identificarse imposible inactividad incorrecta incorrectas incorrecto incorrectos "
        "inexistente informacion inhab* intent intentarlo intento llena* lleno* locales "
        "malformado manan* mante* miemb* motor* mucha* mucho* mudad* multiples nadie* necesari "
        "necesario necesita normas nosot* nuest* nueva* nuevo* obligatori opcio* operacion orden* "
        "otros* particion permite pesad* petic* plano* plazo* pobre* ponga* posib* provisional "
        "prueb* publicidad publicitari puntu* queda* queja* razon* rebas* receptor rechaz recib* "
        "reconocid reconocido registrada registrado registros rehus* reint* relev* remit* "
        "reputacion requier residencial resolucion respu* resue* salie* salud* saturad saturada "
        "saturado secue* senti* servicio sesio* sopor* supla* suscr* suspendid tenem* tiemp* "
        "tiene* transaccion usted* vacio* vease* verificacion vetad* vincu* vuelv*"
    ),
    "swedish": (
        "amnes* andra* anmal* annan* ansee* anslu* anvan* arbet* atgar* atkom* avakt* avboj* "
        "avsan* avsta* bakla* bakom* bedom* begar* behor* behov* belas* bifog* blockad blocker "
        "blocklista bortt* brevl* dalig* darfo* databas dator* denna* dubbl* efter* enbar* endas* "
        "existerar felak* felet* felfo* fjarr* flera* folje* forbj* forbr* framm* fulla* gange* "
        "gilti* godka* grans* haver* heman* hitta* hjalp* hogst* huvud* ifall* infek* inget* "
        "inkor* inneh* internt kapad* klago* klara* langr* likna* logga* losen* mailet malse* "
        "manga* markera massu* maste* matchar maximala maximalt maxst* mejla* mejle* mejlk* "
        "mejls* minuter missl* misst* mojli* mycke* nabar* nagon* nagra* namne* namns* narva* "
        "natfi* natve* nekad* nekas* nodva* numme* numre* obefi* obligatorisk ogilt* okand* "
        "okant* okryp* oonsk* ordni* orikt* orsak* osake* otill* overforing overskriden "
        "overskridit passerar plats* privatkund raden* rader* radsl* refuserad relaa* riktl* "
        "rubri* rundg* saker* sakna* sanda* sandl* sandn* savid* senar* serverfel servern "
        "serverns skadl* skick* skrap* sling* sluta* smitt* snabb* sparr* stamm* stang* stodj* "
        "stods* supporten svara* tecke* tidsf* tillf* tillg* tillh* tillr* timme* tjans* trasi* "
        "tyvar* underhall uppho* uppko* uppna* uppsl* uppta* utanf* utoms* utrym* utski* vagra* "
        "vanta* varke* verifiera virusskydd"
    ),
    "swedish turkish": ("kapat*"),
    "turkish": (
        "adina* adind* adlar* agini* aktar* aktif* algil* alici* alina* alinm* aliyo* almak* "
        "almiy* amacl* ancak* arguman ariza* artik* asild* asilm* asimi* asiri* asiyo* askiy* "
        "asmis* ayril* azami* bagla* bakim* bakin* basar* baska* basli* bekle* belir* benzi* "
        "bicim* bilgi* bilin* birde* birka* bizim* blokl* boyle* boyut* bozuk* bugun* bulas* "
        "bulun* buyuk* calis* cevap* cevri* coktu* cozul* cozum* cunku* dagit* dakik* deger* "
        "degil* degis* denem* deney* depol* devre* diger* disar* disin* dizim* dizin* dogru* "
        "dolan* doldu* dolmu* dondu* dongu* dusuk* edile* edilm* eklen* ekler* eksik* ektek* "
        "engel* erisi* esles* eszam* etkin* etmiy* fakat* fazla* gecer* gecic* gecir* gecti* "
        "gelen* gerek* giden* giris* gonde* gorun* grili* gunlu* guven* hackl* haric* hatal* "
        "hatas* hedef* hesab* hesap* hicbi* hizli* hizme* iceri* icerm* icind* ilerl* ileti* "
        "ipniz* iptal* isare* isimd* islem* isteg* isten* itiba* izinl* iznin* kabul* kalma* "
        "kapal* kapas* karal* kayit* kilit* kimli* kisiy* komut* kopru* kotas* kotay* kulla* "
        "kural* kutun* kutus* kuyru* lazim* limitini listede listeleme listelen listelenmed "
        "listelenmem listelerinde listesi listesinde listesine listeye lutfe* maale* makin* "
        "mecbu* mesaj* mesgu* metin* mevcu* muker* mumku* neden* olara* olmad* olmay* oltal* "
        "olust* onems* oturu* pasif* redde* saatl* saatt* sadec* sahte* sanil* saniy* sapta* "
        "satir* sayid* senin* sifre* sikay* sikli* silin* simdi* sinif* sinir* siras* sizin* "
        "sonra* sonsu* sorun* sozdi* sunuc* suphe* sures* taban* takdi* takli* tanim* tanin* "
        "taray* tasin* tekra* temas* tesli* tespi* tuken* ulasi* ulast* uyele* uygul* uygun* "
        "uyusm* uzgun* verem* veril* verit* vermi* viruslu yaban* yalni* yanit* yanli* yapil* "
        "yapma* yardi* yasak* yazim* yenid* yerel* yeter* yetki* yogun* yoktu* yolla* yonle* "
        "yonte* zaman* zarar* ziyar* zorun*"
    ),
    "turkish ukrainian_in_latin": ("dosya*"),
    "ukrainian_in_latin": (
        "adresativ adresoiu adresoyu aktyv* antyv* arhum* avten* bagat* bahat* bazoi* bilsh* "
        "cherg* cherh* cherz* chorn* danyh* danyi* danyk* danyy* deiak* detal* deyak* diisn* "
        "diysn* dobov* dodan* dopom* dosia* dovid* dozvo* dublo* dynamichn dyvit* faylu* fishy* "
        "formatu godyn* hodyn* hreil* hvyly* iaksh* iazat* iazko* identyfikovan iedna* informatsi "
        "inshi* inshy* isnui* isnuy* iunik* khvyl* khybn* kilki* kinet* kints* klasy* korys* "
        "krain* krayi* laska* lohin* lyshe* lysta* lysti* lysto* lystu* lysty* maiet* mayet* "
        "merez* mists* mistyt mozhl* nadis* nadsy* nadto* nalas* naraz* nashy* navan* nebaz* "
        "nedii* nediy* neisn* nemai* nemay* nemoz* nepid* nepry* neshy* nevda* nevid* nevir* "
        "nezah* nezak* nikoh* nikol* novyi* oblik* obmez* obsia* obsya* ochik* oderz* odnoc* "
        "operatsi oskil* otrym* otsin* pereb* pered* perei* peret* perev* perey* persh* pidkl* "
        "pidoz* pidpy* pidro* pidtr* pizni* pogan* pogod* pohan* pohod* pomyl* poria* poroz* "
        "poshk* posht* posli* posyl* potra* potri* povid* povna* povny* povyn* pozna* prats* "
        "pravy* proid* prois* proys* prych* pryim* pryin* prysu* pryym* pryyn* pryzu* relei* "
        "reputatsi riadk* riado* rozpi* rozsy* ryadk* ryado* serty* shahr* shakh* shche* shcho* "
        "shkid* shozh* shvyd* shyfr* sirog* siroh* sirom* siryi* siryy* skarh* skhoz* skryn* "
        "sogod* sohod* spers* spoch* sposi* spysk* spyso* symvo* syntaksys taima* takoh* takoi* "
        "tilky* tsomu* tsykl* tymch* uviid* uviit* uviyd* uviyt* vasho* vdalo* velyk* vhodu* "
        "vidda* vidhy* vidkh* vidkl* vidkr* vidky* vidmo* vidom* vidpo* vidpr* vidsu* vilno* "
        "vkaza* vkhid* vklad* vkliu* vmist* vpers* vvazh* vybac* vyche* vydal* vyhid* vyiav* "
        "vykhi* vykli* vykon* vykor* vymag* vymah* vymkn* vysta* vyzna* yaksc* yazat* yazko* "
        "yedna* zabag* zabah* zabor* zache* zahol* zahys* zaini* zakhy* zakin* zanad* zapov* "
        "zapys* zapyt* zarei* zarey* zashy* zatsy* zavel* zayny* zbiga* zbiha* zhodn* ziedn* "
        "zlama* zminy* znaho* znaid* znait* znakh* znayd* znayt* zovni* zvern* zviln* zvoro* "
        "zyedn*"
    ),
}
