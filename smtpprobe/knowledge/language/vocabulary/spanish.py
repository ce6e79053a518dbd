"""Spanish."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "buzón|buzones|casilla|cuenta|cuentas|bandeja de entrada|cuenta de correo|"
    "casilla de correo|buzón de correo|casilla*",
    "user": "usuario|usuarios|usuaria|abonado|persona",
    "recipient": "destinatario|destinataria|dirección del destinatario|dirección de destino|"
    "dirección destino|destino|receptor",
    "address": "dirección|dirección de correo|dirección de correo electrónico|direcciones|"
    "dirección de email",
    "sender": "remitente|dirección del remitente|dirección de remitente|emisor|"
    "dominio del remitente|dominio remitente|dominio del emisor|dominio emisor|remitentes",
    "sending": "envío|envíos|enviar|envía|enviado|saliente|enviados|envíe",
    "you": "usted|su|sus|tu|tus|le",
    "domain": "dominio|dominios",
    "nameserver": "servidor de nombres|servidores de nombres",
    "client": "dirección ip|su ip|ip|tu ip|su servidor|su red|su equipo|su host|tu servidor|"
    "servidor emisor|servidor de origen|ip de origen|direcciones ip|su proveedor|su máquina",
    "kind": "dinámica|dinámicas|dinámico|residencial*|doméstic*",
    "country": "país|países",
    "helo": "helo|ehlo",
    "server": "servidor|servicio|sistema|nosotros|servidor de correo",
    "onward": "servidor remoto|servidor de destino|servidor interno|servidor destino",
    "message": "mensaje|correo|correo electrónico|email|mail|contenido|cuerpo",
    "file": "adjunto|adjuntos|archivo|archivos|fichero|ficheros|archivo adjunto|"
    "archivos adjuntos|extensión|ejecutable*|tipo de archivo|tipo de fichero",
    "link": "enlace|enlaces|url|vínculo|vínculos",
    "header": "cabecera|cabeceras|encabezado|encabezados|asunto",
    "line": "línea|líneas",
    "bareline": "fin de línea|finales de línea",
    "quota": "cuota|almacenamiento|espacio de almacenamiento|espacio en disco|quota|capacidad|"
    "espacio asignado",
    "size": "tamaño|bytes|mb|kb|tamaño máximo",
    "recipients": "destinatarios|número de destinatarios|cantidad de destinatarios",
    "connections": "conexiones|conexión|sesiones|conexiones simultáneas|sesión",
    "messages": "mensajes|correos|correos electrónicos|emails|número de mensajes",
    "period": "hora|horas|día|minuto|por minuto|por hora|por día|diario|diaria|hoy|horario|mañana",
    "password": "contraseña|contraseñas|credenciales|clave|usuario o contraseña|"
    "usuario y contraseña|contrasena",
    "login": "autenticación|autenticar*|autentic*|autentificación|iniciar sesión|identificarse|"
    "inicio de sesión|inicie sesión|autentificar*",
    "mechanism": "mecanismo|método de autenticación|mecanismo de autenticación",
    "tls": "tls|ssl|starttls|cifrado|cifrada|encriptación|encriptada|conexión segura|"
    "conexión cifrada",
    "certificate": "certificado",
    "clear": "sin cifrar|no cifrada|texto plano|no segura|sin cifrado|no cifradas",
    "checks": "spf|dkim|dmarc|firma dkim|comprobación spf|verificación spf|registro spf|"
    "política dmarc",
    "ptr": "ptr|dns inverso|dns inversa|resolución inversa|registro ptr|rdns|reverse dns|"
    "registro inverso|inversa",
    "dns": "dns|mx|registro mx|registros mx|registro a",
    "list": "lista negra|listas negras|blacklist|rbl|dnsbl|lista de bloqueo|listas de bloqueo|"
    "lista de spam|listas de spam|lista de bloqueados",
    "reputation": "reputación",
    "checker": "antivirus|base de datos|directorio|filtro|ldap|servidor de autenticación|"
    "motor antispam|filtro antispam",
    "disk": "disco|disco del servidor|cola|disco lleno|partición",
    "group": "lista de distribución|lista de correo|miembros|suscriptores|moderador|grupo",
    "rule": "política|políticas|norma|normas|regla|reglas|directiva",
    "command": "comando|orden|parámetro|argumento|opción",
    "syntax": "sintaxis|carácter|caracteres|formato de dirección|formato de la dirección|"
    "sintaxis de dirección|mal formada",
    "relay": "relay|reenvío|reenviar|retransmisión|retransmitir|relevo|encaminamiento|"
    "reenvío de correo|relaying|retransmite",
    "errors": "errores|comandos inválidos",
    "report": "quejas|denuncias",
    "queue": "en cola|tiempo de entrega|plazo de entrega",
    "unknown": "imposible encontrar|desconocid*|no existe|no existen|inexistente*|"
    "no encontrad*|no se encontró|"
    "no se encuentra|no se ha encontrado|no fue encontrad*|no es conocid*|no registrad*|"
    "no está registrad*|no válido aquí|no se pudo encontrar|no ha sido encontrad*|ya no existe",
    "exists": "existe|existen|encontrado|encontrada|conocido|conocida|registrado|registrada",
    "nobody": "ningún usuario|no hay ningún usuario|no hay usuario|no hay buzón|"
    "ningún buzón|ninguna cuenta|nadie|no tenemos ningún usuario|no hay ninguna cuenta|"
    "no hay ningún buzón|no hay tal usuario",
    "invalid": "inválid*|no válid*|incorrect*|no es válid*|errónea|erróneo",
    "full": "lleno|llena|llenos|saturado|saturada|cuota superada|cuota excedida|completo|"
    "excedido la cuota|superado la cuota|sobrepasado la cuota|excedió la cuota|"
    "excede la cuota|supera la cuota|exceso de cuota|superado su cuota|excedido su cuota|"
    "ha excedido su cuota",
    "over": "superad*|exced*|supera|superó|agotad*|sobrepas*|alcanzad*|rebas*|alcanzó",
    "noroom": "sin espacio|espacio insuficiente|no hay espacio|no tiene espacio|"
    "no queda espacio|falta de espacio|no dispone de espacio|espacio en disco insuficiente",
    "disabled": "desactivad*|deshabilitad*|inhabilitad*|suspendid*|cancelad*|cerrad*|inactiv*|"
    "eliminad*|dada de baja|dado de baja|caducad*|no está activ*|ya no está activ*|"
    "cuenta bloqueada|expirado|expirada|falta de uso",
    "busy": "ocupado|ocupada|en uso",
    "gone": "ya no trabaja|ya no pertenece",
    "moved": "nueva dirección|ha cambiado|se ha mudado|cambió de dirección|ha cambiado de",
    "listed": "listad*|incluid* en|figura en|aparece en|está en|se encuentra en|consta en|"
    "registrad* en|inclu*",
    "blocked": "bloque*|vetad*|banead*",
    "refused": "rechaz*|deneg*|rehus*|negado",
    "accepted": "acept*|se permite*|se acepta*|se admite*|permit*|autoriz*|admit*|admite",
    "forbidden": "prohib*|no permitid*|no autorizad*|vedad*",
    "bad": "mal|mala|malo|baja|pobre",
    "required": "requer*|requier*|necesari*|obligatori*|debe|necesita|exige|deben|"
    "es necesario|por favor|hay que",
    "only": "sólo|solo|solamente|únicamente|primero|antes",
    "failed": "imposible verificar|imposible contactar|imposible consultar|imposible acceder|"
    "fall*|error|error interno|averi*|problema|problemas|fracas*|ha fallado",
    "wrong": "equivocad*|incorrectos|incorrectas|erróneos|erróneas|no coincide*",
    "reached": "alcanzable|responde|accesible|contactar|alcanzar|comprobar|consultar|"
    "verificar|verificad*|comprobad*|posible",
    "resolves": "resuelve|resolver|resuelto",
    "passes": "supera comprobación|pasa|cumple|correcta",
    "many": "demasiad*|límite|limite|máximo|máxima|como máximo|exceso de|muchos|muchas|más de",
    "large": "demasiado grande*|demasiado larg*|demasiado pesad*|muy grande|excede el tamaño|"
    "supera el tamaño|tamaño excedido|excede tamaño",
    "fast": "demasiado rápido|con demasiada frecuencia|frecuencia|demasiado frecuente*|tasa|"
    "demasiado deprisa|velocidad|ritmo",
    "later": "más tarde|inténtelo|reintent*|de nuevo|posteriormente|nuevamente|intent*|"
    "otra vez|vuelva a intentarlo|pruebe|más adelante",
    "wait": "en unos minutos|espere|esperar|segundos|dentro de unos minutos|en minutos|minutos|"
    "unos instantes",
    "new": "primera vez|primer contacto|primer intento|remitente nuevo",
    "greylisted": "lista gris|listas grises|greylist*|en lista gris",
    "down": "no disponible|mantenimiento|sobrecargad*|fuera de servicio|saturad* servidor|"
    "no está disponible|sobrecarga|indisponible|no se encuentra disponible|carga",
    "silent": "tiempo de espera|tiempo agotado|inactividad|sin respuesta|tiempo excedido|expiró",
    "spam": "antispam*|anti spam*|spam|no deseado|basura|correo no deseado|no solicitado|"
    "correo basura|publicidad|"
    "publicitari*|no deseados",
    "judged": "considerad*|clasificad*|detectad*|identificad*|catalogad*|parece|sospech*|"
    "puntuación|calificad*|marcad*|reconocid*",
    "infected": "virus|infectad*|malicios*|código malicioso|malware",
    "phishing": "phishing|suplantación|fraude|fraudulent*|estafa",
    "forged": "falsificad*|falso|suplant*",
    "missing": "falta|faltan|sin|ausente|ausencia|vacío|carece|no tiene|no dispone de|no contiene",
    "several": "varios|varias|duplicad*|múltiples",
    "malformed": "mal formado|malformado|no cumple",
    "loop": "bucle|bucle de correo|lazo",
    "hellofirst": "ehlo primero|helo primero|salude primero|envíe helo|envíe ehlo",
    "mailfirst": "mail from primero|falta mail",
    "rcptfirst": "ningún destinatario válido|sin destinatarios|no hay destinatarios",
    "order": "secuencia incorrecta|secuencia de comandos|fuera de secuencia|orden incorrecto",
    "unimplemented": "no implementad*|no soportad*|comando no reconocido|comando desconocido|"
    "no está soportad*|no admitido|no reconocid*",
    "utf8": "smtputf8|no ascii|unicode",
    "foreign": "extern*|otros dominios|ajen*|fuera",
    "local": "local|locales|alojado|alojados|nuestros dominios|nuestros clientes|gestionad*",
    "own": "pertenece|en nombre de|le pertenece",
    "nomail": "no recibe correo|no acepta correo|no acepta ningún correo",
    "temporary": "temporal*|momentáneamente|por el momento|por ahora|actualmente|provisional*|"
    "en este momento|de momento",
    "abused": "comprometida|comprometido|hackeada",
    "vague": "imposible|en este dominio|en el dominio|en este servidor|en este sistema|"
    "en nuestro sistema|"
    "acceso|entrega|entregar|entregad*|lo sentimos|solicitud|operación|petición|"
    "transacción|motivo|razón|acción|código",
    "if": "si|en caso de",
    "see": "consulte|vea|véase|más información|información|ayuda|visite|contacte|para más|"
    "póngase en contacto",
    "not": "no|nunca|ni|tampoco|ya no",
    "no": "sin|ningún|ninguna|no hay|no hay ningún",
    "but": "pero|sino|sin embargo|porque|aunque|ya que",
}

LANGUAGE = language(
    "es", "Spanish", WORDS,
    "el la los las un una unos unas de del al es son ha han sido fue está esta este estos se "
    "en por "
    "para con a que como y nuestro nuestra desde lo",
)  # fmt: skip
