"""Portuguese, of Brazil and of Portugal."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "caixa|caixas|caixa postal|caixa de correio|caixa de entrada|conta|contas|mailbox|"
    "conta de email|conta de e mail|caixa de mensagens",
    "user": "usuário|usuários|utilizador|utilizadores|pessoa|assinante",
    "recipient": "destinatário|destinatária|endereço do destinatário|endereço de destino|"
    "endereço destinatário|destino",
    "address": "endereço|endereço de email|endereço de e mail|endereço de correio|endereços|"
    "endereço eletrônico",
    "sender": "remetente|endereço do remetente|endereço de remetente|domínio do remetente|"
    "domínio remetente|emissor|remetentes|domínio de origem",
    "sending": "redirecionamento smtp|envio|envios|enviar|envia|enviado|enviados|saída",
    "you": "você|vocês|seu|sua|seus|suas|vosso|vossa",
    "domain": "domínio|domínios",
    "nameserver": "servidor de nomes|servidores de nomes",
    "client": "endereço ip|seu ip|ip|seu servidor|sua rede|seu host|ip de origem|"
    "servidor de origem|servidor remetente|endereços ip|vosso servidor|ip do remetente|"
    "sua máquina|seu provedor|seu endereço ip|servidor emissor",
    "kind": "dinâmic*|residencia*|doméstic*",
    "country": "país|países",
    "helo": "helo|ehlo",
    "server": "servidor|serviço|sistema|nós|servidor de email|servidor de e mail|"
    "servidor de correio",
    "onward": "servidor remoto|servidor de destino|servidor interno|servidor destino",
    "message": "mensagem|email|e mail|correio|conteúdo|corpo|mail|correio eletrônico",
    "file": "anexo|anexos|arquivo|arquivos|ficheiro|ficheiros|tipo de anexo|tipo de arquivo|"
    "extensão|executáve*",
    "link": "link|links|url|ligação",
    "header": "cabeçalho|cabeçalhos|assunto",
    "line": "linha|linhas",
    "bareline": "fim de linha|finais de linha",
    "quota": "cota|quota|espaço de armazenamento|armazenamento|espaço em disco|capacidade|"
    "espaço da caixa",
    "size": "tamanho|bytes|mb|kb|tamanho máximo",
    "recipients": "destinatários|número de destinatários|quantidade de destinatários",
    "connections": "conexões|conexão|sessões|ligações|conexões simultâneas|"
    "ligações simultâneas|sessão",
    "messages": "mensagens|emails|e mails|número de mensagens|quantidade de mensagens",
    "period": "hora|horas|dia|minuto|por minuto|por hora|por dia|diário|diária|hoje|horário|amanhã",
    "password": "senha|senhas|credenciais|palavra passe|usuário ou senha|usuário e senha|"
    "palavra chave|login ou senha",
    "login": "autenticação|autenticar|autentic*|login|iniciar sessão|fazer login",
    "mechanism": "mecanismo|método de autenticação|mecanismo de autenticação",
    "tls": "tls|ssl|starttls|criptografia|criptografad*|encriptação|cifrad*|encriptad*|"
    "conexão segura|ligação segura|criptografada",
    "certificate": "certificado",
    "clear": "sem criptografia|não criptografada|texto puro|texto claro|não segura|"
    "não encriptada|sem encriptação",
    "checks": "spf|dkim|dmarc|assinatura dkim|verificação spf|registro spf|registo spf|"
    "política dmarc",
    "ptr": "ptr|dns reverso|dns inverso|resolução reversa|registro ptr|registo ptr|rdns|"
    "reverso|reverse dns|resolução inversa",
    "dns": "dns|mx|registro mx|registo mx|registro a",
    "list": "lista negra|listas negras|blacklist|rbl|dnsbl|lista de bloqueio|"
    "listas de bloqueio|lista de spam|lista de bloqueados",
    "reputation": "reputação",
    "checker": "antivírus|banco de dados|base de dados|filtro|diretório|ldap|"
    "servidor de autenticação",
    "disk": "disco|disco do servidor|fila|partição",
    "group": "lista de distribuição|lista de discussão|membros|assinantes|moderador|grupo",
    "rule": "política|políticas|regra|regras|norma|diretiva",
    "command": "comando|parâmetro|argumento|opção",
    "syntax": "sintaxe|caractere|caracteres|carácter|formato do endereço|formato de endereço|"
    "mal formado",
    "relay": "relay|encaminhamento|encaminhar|retransmissão|retransmitir|redirecionamento|"
    "relaying|reencaminhamento",
    "errors": "erros|comandos inválidos",
    "report": "reclamações|denúncias|queixas",
    "queue": "na fila|prazo de entrega|tempo de entrega",
    "unknown": "impossível encontrar|desconhecid*|não existe|inexistent*|não encontrad*|"
    "não foi encontrad*|"
    "não existem|não localizad*|não cadastrad*|não é conhecid*|não reconhecid*|"
    "não foi localizad*|não pôde ser encontrad*|não está cadastrad*|não foi possível encontrar|"
    "não existe mais|não registrad*",
    "exists": "existe|existem|encontrado|encontrada|conhecid*|cadastrad*|localizad*",
    "nobody": "nenhum usuário|nenhum utilizador|ninguém|nenhuma conta|nenhuma caixa|"
    "não há usuário|não há utilizador|não há nenhum usuário|não há conta|não há caixa|"
    "nenhum destinatário|não há nenhuma caixa",
    "invalid": "inválid*|não é válid*|não válid*|incorret*|errad*",
    "full": "chei*|lotad*|cota excedida|quota excedida|cota ultrapassada|quota ultrapassada|"
    "excedeu a cota|excedeu a quota|acima da cota|ultrapassou a cota|ultrapassou a quota|"
    "excedeu sua cota|cota esgotada|atingiu a cota|quota esgotada|excedeu o limite de cota",
    "over": "excedid*|excede*|ultrapass*|esgotad*|superad*|atingid*|atingiu|acima|estourou",
    "noroom": "sem espaço|espaço insuficiente|não há espaço|falta de espaço|"
    "não tem espaço|não possui espaço|sem espaço de armazenamento",
    "disabled": "desativad*|desabilitad*|suspens*|cancelad*|encerrad*|inativ*|excluíd*|"
    "removid*|expirad*|não está ativ*|conta bloqueada|desactivad*|inactiv*|caixa bloqueada|"
    "bloqueada por falta de pagamento",
    "busy": "ocupad*|em uso|sendo usada",
    "gone": "não trabalha mais|já não trabalha|saiu da empresa",
    "moved": "novo endereço|mudou|mudou se|foi alterado|mudou de endereço",
    "listed": "listad*|incluíd* em|consta|está em|está na|presente em|aparece em|"
    "encontra se na|inscrit*|figura",
    "blocked": "bloque*|banid*|barrad*",
    "refused": "rejeit*|recus*|negad*|devolvid*",
    "accepted": "aceit*|permit*|autoriz*|admitid*",
    "forbidden": "proibid*|não permitid*|não autorizad*|vedad*|interdit*",
    "bad": "má|mau|baixa|ruim",
    "required": "requer*|necessári*|obrigatóri*|deve|exige|exigid*|precisa|devem|por favor|"
    "é necessário|favor",
    "only": "somente|apenas|só|primeiro|antes",
    "failed": "impossível verificar|impossível contatar|impossível consultar|"
    "impossível acessar|falh*|erro|erro interno|problema|problemas|defeito|avaria",
    "wrong": "incorretos|incorretas|errados|erradas|não conferem|não confere|não coincid*|"
    "não corresponde*|senha incorreta",
    "reached": "alcançáve*|responde|acessíve*|contatar|contactar|verificar|verificad*|consultar|"
    "possível",
    "resolves": "resolv*|resolvid*",
    "passes": "passa|passou|confere",
    "many": "muit*|demasiad*|limite|máximo|máxima|excesso de|no máximo|mais de|limites",
    "large": "muito grande|muito grandes|grande demais|grandes demais|muito long*|"
    "demasiado grande|excede o tamanho|tamanho excedido|excedeu o tamanho|"
    "excede tamanho|tamanho máximo excedido|longa demais|ultrapassa o tamanho",
    "fast": "muito rápid*|rápido demais|taxa|frequência|com muita frequência|"
    "demasiado depressa|velocidade|ritmo|muito frequente*|frequência demais",
    "later": "mais tarde|tente|novamente|de novo|reenvi*|posteriormente|outra vez|tentar",
    "wait": "em alguns minutos|aguarde|espere|segundos|dentro de alguns minutos|em minutos|"
    "minutos|alguns instantes",
    "new": "primeira vez|primeiro contato|primeiro contacto|primeira tentativa|novo remetente",
    "greylisted": "lista cinza|greylist*|lista cinzenta|listas cinzas|lista cinzentas",
    "down": "indisponíve*|não disponível|manutenção|sobrecarregad*|fora do ar|"
    "não está disponível|fora de serviço|sobrecarga|servidor ocupado",
    "silent": "tempo esgotado|tempo limite|tempo de espera|inatividade|sem resposta|tempo excedido",
    "spam": "antispam*|anti spam*|spam|indesejad*|lixo eletrônico|não solicitad*|propaganda|"
    "lixo|publicidade|"
    "não desejad*",
    "judged": "considerad*|classificad*|detectad*|detetad*|identificad*|parece|suspeit*|"
    "pontuação|reconhecid*|marcad*|categorizad*|avaliad*",
    "infected": "vírus|infectad*|infetad*|malware|malicios*|código malicioso",
    "phishing": "phishing|fraude|golpe|fraudulent*",
    "forged": "falsificad*|forjad*|falso",
    "missing": "falta|faltando|sem|ausente|ausência|vazio|não possui|não tem|não contém|em falta",
    "several": "vários|várias|duplicad*|múltipl*",
    "malformed": "malformad*|fora do padrão|não conforme",
    "loop": "loop|laço|ciclo",
    "hellofirst": "ehlo primeiro|helo primeiro|envie helo|envie ehlo",
    "mailfirst": "mail primeiro|falta mail",
    "rcptfirst": "nenhum destinatário válido|sem destinatários|rcpt primeiro",
    "order": "sequência incorreta|sequência inválida|fora de sequência|sequência de comandos",
    "unimplemented": "não implementad*|não suportad*|comando desconhecido|"
    "comando não reconhecido|não é suportad*|não reconhecido",
    "utf8": "smtputf8|não ascii|unicode",
    "foreign": "extern*|outros domínios|alhei*|fora",
    "local": "local|locais|hospedad*|alojad*|nossos domínios|nossos clientes",
    "own": "pertence|em nome de",
    "nomail": "não recebe email|não recebe e mail|não aceita email|não aceita e mail|"
    "não recebe correio|não aceita mensagens",
    "temporary": "temporári*|temporariamente|momentaneamente|no momento|por enquanto|"
    "atualmente|neste momento|de momento",
    "abused": "comprometid*|invadid*|hackead*",
    "vague": "impossível|neste domínio|nesse domínio|no domínio|deste domínio|neste servidor|"
    "no servidor|"
    "acesso|entrega|entregue|entregar|desculpe|lamentamos|solicitação|operação|"
    "transação|motivo|razão|ação|código|pedido",
    "if": "se|caso",
    "see": "veja|consulte|visite|mais informações|informações|ajuda|entre em contato|saiba mais|"
    "para mais|contate|acesse",
    "not": "não|nunca|nem|jamais|tampouco",
    "no": "sem|nenhum|nenhuma|não há",
    "but": "mas|porém|contudo|porque|pois|no entanto",
}

LANGUAGE = language(
    "pt", "Portuguese", WORDS,
    "o a os as um uma uns umas do da dos das de é são foi foram está estão este esta esse essa "
    "neste nesta no na nos nas em por pelo pela para com que e como ao à nosso nossa ser tem sua "
    "seu ter se mais",
)  # fmt: skip
