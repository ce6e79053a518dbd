"""Turkish."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language

WORDS: dict[str, str] = {
    "box": "posta kutu*|kutusu|kutu|hesap|hesab*|gelen kutu*|kutunuz|mailbox|hesaplar",
    "user": "kullanıcı*|kişi|kişiye|abone*",
    "recipient": "alıcı*|alıcının|alıcı adres*|hedef adres*|alıcı kutusu",
    "address": "adres*|e posta adres*|eposta adres*|mail adres*",
    "sender": "gönderen*|gönderici*|gönderen adres*|gönderen alan ad*|gönderici alan ad*|"
    "gönderen etki alan*|gönderenin*|göndericinin alan ad*",
    "sending": "gönderim*|gönderme*|giden|yollama|gönderi*|gönderdiğiniz",
    "you": "siz*|sizin|sen|senin",
    "domain": "alan ad*|etki alan*|domain*|alan",
    "nameserver": "ad sunucu*|isim sunucu*",
    "client": "ip adres*|ip|sunucunuz*|ip niz|ağınız*|makineniz*|sizin sunucu*|"
    "gönderen sunucu*|gönderici sunucu*|ipniz",
    "kind": "dinamik*|ev kullanıcı*",
    "country": "ülke*",
    "helo": "helo|ehlo",
    "server": "sunucu*|servis*|hizmet*|sistem*|sunucumuz*",
    "onward": "uzak sunucu*|hedef sunucu*|iç sunucu*|alıcı sunucu*",
    "message": "mesaj*|ileti*|iletiniz|e posta*|eposta*|mail*|içerik|içeriği|posta|epostanız",
    "file": "ek dosya*|dosya*|eklenti*|ekler|ekteki|ek türü|eki",
    "link": "bağlantı adres*|link*|url*|köprü*",
    "header": "başlık|başlığ*|konu satır*|başlıklar*",
    "line": "satır*",
    "bareline": "satır son*",
    "quota": "kota*|depolama*|disk alan*|alan kota*|kapasite*|kotas*",
    "size": "boyut*|bayt|mb|kb|büyüklü*",
    "recipients": "alıcı sayı*|alıcı var|fazla alıcı|çok alıcı|alıcı limit*|alıcılar",
    "connections": "bağlantı|bağlantılar*|bağlantı sayı*|oturum*|eşzamanlı bağlantı*|bağlantısı",
    "messages": "mesaj sayı*|ileti sayı*|e posta sayı*|fazla mesaj|çok mesaj|mesajlar|iletiler|"
    "fazla ileti|fazla e posta",
    "period": "saat*|gün|günlük|dakika*|saatlik|dakikada|bugün|saatte",
    "password": "şifre*|parola*|kullanıcı adı veya şifre*|kullanıcı adı veya parola*|"
    "kullanıcı adı ya da şifre*|kimlik bilgi*|kullanıcı adı veya parola",
    "login": "kimlik doğrula*|oturum aç*|giriş yap*|doğrulama|giriş|yetkilendirme",
    "mechanism": "mekanizma*|doğrulama yöntem*|kimlik doğrulama yöntem*",
    "tls": "tls|ssl|starttls|şifrele*|şifreli|güvenli bağlantı",
    "certificate": "sertifika*",
    "clear": "şifresiz*|şifrelenmemiş|güvensiz|düz metin",
    "checks": "spf|dkim|dmarc|spf kontrol*|dkim imza*|spf kayd*",
    "ptr": "ptr|ptr kayd*|ters dns*|ters kay*|reverse dns|rdns|ters dns kayd*",
    "dns": "dns|mx|mx kayd*|a kayd*",
    "list": "kara liste*|karaliste*|blacklist*|rbl|dnsbl|engelli liste*|engel listesi*|spam liste*",
    "reputation": "itibar*",
    "checker": "virüs tarayıcı*|antivirüs*|veritaban*|veri taban*|filtre*|dizin*|ldap|tarayıcı*",
    "disk": "disk*|kuyru*|sunucu disk*",
    "group": "posta liste*|grub*|grup|üye|üyeler*|moderatör*|dağıtım liste*",
    "rule": "politika*|kural*|ilke*",
    "command": "komut*|parametre*|argüman*",
    "syntax": "sözdizim*|söz dizim*|karakter*|adres biçim*|yazım*|biçim",
    "relay": "relay*|aktarım*|aktarma*|yönlendirme*|röle|yönlendirilme*|iletim*",
    "errors": "hata sayı*|fazla hata|çok hata|hatalı komut*",
    "report": "şikayet*|şikâyet*",
    "queue": "kuyrukta|teslim süre*",
    "unknown": "bilinmeyen|bilinmiyor|bulunamad*|mevcut değil*|yok|tanımsız|tanımlı değil*|"
    "bulunmuyor|bulunmamakta*|geçersiz alıcı|kayıtlı değil*|mevcut olmayan|var olmayan|"
    "bulunmamaktadır|tanınmıyor|bulunmamak*",
    "exists": "mevcut|bulundu|tanımlı|kayıtlı|bilinen|var",
    "nobody": "böyle bir kullanıcı yok|böyle bir hesap yok|böyle kullanıcı yok|"
    "böyle bir posta kutusu yok|kullanıcı yok|hesap yok|bu isimde kullanıcı yok|"
    "böyle bir adres yok|böyle bir alıcı yok",
    "invalid": "geçersiz*|hatalı adres|yanlış adres",
    "full": "dolu|dolmuş|doldu|kotası aşıldı|kota aşıldı|kotası dolu|kotayı aşmış|"
    "kotasını aştı|kota dolu|kotası dolmuş|kota aşımı|kotasını aşmış",
    "over": "aşıl*|aştı|aşmış|aşım*|aşıyor|tükendi|doldu limit*|ulaştı|aşıldı|ulaşıldı",
    "noroom": "yer yok|yetersiz alan|alan yok|yeterli alan yok|yeterli yer yok|yer kalmadı|"
    "alan yetersiz|boş alan yok|alan kalmadı",
    "disabled": "devre dışı*|kapatıl*|askıya|pasif*|silin*|kapalı|etkin değil*|aktif değil*|"
    "iptal edil*|dondurul*|kullanım dışı*|hesap kilit*|hesabı engellen*|süresi doldu",
    "busy": "meşgul*|kullanımda",
    "gone": "artık çalışmıyor|ayrıldı|ayrılmış",
    "moved": "yeni adres*|taşındı|değişti|taşınmış",
    "listed": "listesinde|listede|listelen*|listeye alın*|listesine alın*|listeye eklen*|"
    "yer alıyor|yer almakta*|listelerinde",
    "blocked": "engellen*|bloke*|bloklan*|yasaklan*|engelli|engellendi|yasaklı",
    "refused": "reddedil*|red edil*|geri çevril*|redded*|kabul edilmedi|reddedilmiş*",
    "accepted": "izin ver*|kabul edil*|kabul ed*|yetki*|izin|izinli|kabul",
    "forbidden": "yasak*|izin verilmiyor|izin yok|izin verilmemekte*|izin verilmez|yetkisiz|"
    "izniniz yok|izin verilmedi|yetkiniz yok|kabul edilmemekte*|izin verilmeyen|"
    "izin verilmemektedir|kabul edilmiyor",
    "bad": "kötü|düşük",
    "required": "gerek*|zorunlu*|şart|lazım|gereklidir|mecburi*|kullanmalısınız|lütfen|"
    "yapmalısınız|kullanın",
    "only": "sadece|yalnızca|önce|yalnız",
    "failed": "başarısız*|hata|arıza*|sorun*|hatası|bozuk|yapılamadı|hata oluştu|çöktü",
    "wrong": "yanlış*|hatalı*|uyuşmuyor|eşleşmiyor|doğru değil",
    "reached": "ulaşılabil*|yanıt ver*|erişilebil*|kontrol edil*|cevap ver*|mümkün",
    "resolves": "çözümlen*|çözülebil*|çözümleniyor",
    "passes": "geçti|uygun|başarılı",
    "many": "çok fazla|fazla|çok sayıda|sınır*|limit*|en fazla|azami|maksimum|üst sınır*",
    "large": "çok büyük|fazla büyük|çok uzun|büyük|boyut sınırını aş*|boyutu aş*|"
    "boyut limitini aş*",
    "fast": "çok hızlı|çok sık|sıklık|hız sınırı|hızlı|sık|hız",
    "later": "daha sonra|tekrar|yeniden|sonra|deneyin*|deneyiniz|ilerleyen",
    "wait": "birkaç dakika|bekleyin*|saniye*|5 dakika|dakika sonra|dakika içinde|bekleyiniz",
    "new": "ilk kez|ilk temas|ilk deneme*|ilk defa",
    "greylisted": "gri liste*|greylist*|gri listeleme*|grilist*",
    "down": "yanıt vermiyor*|cevap vermiyor*|yanıt vermedi|yanıt vermemekte*|bakım*|aşırı yük*|"
    "hizmet dışı|kullanılamıyor|geçici olarak hizmet|yoğun*|"
    "meşgul sunucu|kullanım dışı sunucu|hizmet veremiyor",
    "silent": "zaman aşım*|süre doldu|yanıt yok|yanıt alınamadı|zamanaşım*",
    "spam": "spam*|istenmeyen*|reklam*|önemsiz|gereksiz e posta",
    "judged": "değerlendiril*|sınıflandırıl*|algılan*|tespit edil*|olarak işaret*|sanıl*|"
    "görün*|şüpheli*|puan*|saptan*|benziyor|bulundu|olarak belirlen*|içeriyor",
    "infected": "virüs*|virüslü|zararlı*|bulaşmış|malware|kötü amaçlı",
    "phishing": "oltalama*|phishing|dolandırıcı*|kimlik avı",
    "forged": "sahte*|taklit*",
    "missing": "eksik*|boş|olmayan|içermiyor|bulunmayan",
    "several": "birden fazla|birden çok|mükerrer|çift",
    "malformed": "bozuk ileti|hatalı biçim*|uygun olmayan",
    "loop": "döngü*|sonsuz döngü*",
    "hellofirst": "önce helo|önce ehlo",
    "mailfirst": "önce mail",
    "rcptfirst": "geçerli alıcı yok|önce rcpt",
    "order": "hatalı sıra*|yanlış sıra*|komut sırası*",
    "unimplemented": "desteklenm*|bilinmeyen komut|komut tanınm*|uygulanmamış",
    "utf8": "smtputf8|unicode",
    "foreign": "harici*|dış|başka alan ad*|diğer alan ad*|yabancı|dışarıdan|dışına",
    "local": "yerel*|bizim alan ad*|alan adlarımız*",
    "own": "ait değil|adına",
    "nomail": "e posta kabul etmiyor|posta kabul etmiyor|posta almıyor|e posta almıyor",
    "temporary": "geçici*|şu anda|şimdilik|şu an|geçici olarak",
    "abused": "ele geçiril*|hacklen*",
    "vague": "erişim*|teslim*|üzgünüz|maalesef|istek|isteğ*|işlem*|neden|bu alan adında|"
    "bu sunucuda|böyle bir|bu isimde|kod",
    "if": "eğer",
    "incase": "ise|takdirde",
    "see": "bakınız|bilgi için|daha fazla bilgi|yardım|ziyaret|iletişime geç*|bkz",
    "not": "asla|ne",
    "notso": "aşılmad*|aşılmam*|aşılmıyor|engellenmed*|engellenmem*|engellenmiyor|kapatılmad*|"
    "kapatılmam*|silinmed*|silinmem*|listelenmed*|listelenmem*|dondurulmad*|dondurulmam*",
    "lacking": "değil|değildir|yok|yoktur|edilmedi|edilmiyor|bulunmuyor|vermiyor|olmadı|"
    "olmadığı|verilmiyor|edilemedi|yapılamıyor|tespit edilmedi|bulunmadı|veremiyor|"
    "bulunmamaktadır|engellenmedi|alınmadı|bulunamadı",
    "no": "hiçbir|hiç",
    "but": "ama|fakat|ancak|çünkü",
}

LANGUAGE = language(
    "tr", "Turkish", WORDS,
    "bir bu şu ve ile için da de den dan olarak tarafından çok olan oldu edildi edilmiştir idi mi "
    "hali üzerinde içinde",
)  # fmt: skip
