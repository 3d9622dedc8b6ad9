// The words that identify a card field, in many languages.
//
// To add a language, add its words to each list after a '|', in lower case. Accents make no difference.
//
// A space also matches no space: 'card number' finds "card-number" and "cardNumber". (a|b) matches a or b. A
// question mark makes the character or group before it optional. \\S* matches the rest of a word.
//
// The lists whose names begin with WHOLE match whole words only. They are mainly English, because programmers
// everywhere name fields in English. DATE_PART and BARE match a whole label. All other lists also match parts
// of words.

/** A card number. In the name or ID of a field, one of these is enough without other evidence. */
export const WHOLE_NUMBER = '(card|cc) (number|num|no|nr|nbr|pan)|credit card(?! \\p{L})';

/** A card security code. Anywhere in a field's words, one of these is enough without other evidence. */
export const WHOLE_CODE = 'cv[vcn]2? (code|number)?|(card|cc) (csc|cid)';

/** Probably a card security code. */
export const WHOLE_CSC = 'csc|cv2|ccv|cid|card (code|pin|verification)|verification (value|number)';

/** Probably a card security code too: a word for "code" together with a word for "security" or "check". */
export const CODE = '[ck]o+d|ziffer' // European languages
  + '|код|κωδ|קוד|رمز|کد' // Russian, Ukrainian, Greek, Hebrew, Arabic, Persian
  + '|[码碼]|コード|코드'; // Chinese, Japanese, Korean
export const SECURITY = 'se[cg]ur|sicur|verif|valid|[ck]ontrol' // Romance languages, English, Dutch, Czech
  + '|siche|pru?e?f|veilig|sikker|sakerh|turva' // German, Dutch, Danish, Norwegian, Swedish, Finnish
  + '|bezp|biztons|guven' // Polish, Czech, Hungarian, Turkish
  + '|безо?п|провер|ασφ|επαλ' // Russian, Ukrainian, Greek
  + '|בטח|ביטח|امان|امن|تحقق' // Hebrew, Arabic, Persian
  + '|安全|セキュ|보안'; // Chinese, Japanese, Korean
export const CSC = 'cryptogr|pru?e?fn|בגב|גב הכרטיס'; // French, German, Hebrew

/** A word for "card". */
export const CARD = '(?<!dis)card|[ck]art[aey]|kart|kort|kaart|tarjeta|cartao' // European languages, Turkish
  + '|карт|καρτ|כרטיס|بطاق|[كک]ارت' // Russian, Ukrainian, Greek, Hebrew, Arabic, Persian
  + '|卡|カード|카드'; // Chinese, Japanese, Korean

/** Together with a word for "card", a card number: a word for "number", "credit" or "debit". */
export const NUMBER = 'num|nr(?!\\p{L})|(?<!\\p{L})no?(?!\\p{L})|cislo|szam' // European languages, Turkish
  + '|номер|αριθμ|מס|رقم|شماره' // Russian, Ukrainian, Greek, Hebrew, Arabic, Persian
  + '|[号號]|番号|번호' // Chinese, Japanese, Korean
  + '|[ck]redi|debit|luotto|bancaire|אשראי|חיוב|ائتمان|信用|クレジ|신용';

/** Together with a word for "card", the card's holder: a word for "name" or "holder". */
export const HOLDER = 'nam|nom|navn|jmen|nev|type'
  + '|inh|inne|inde|h[oa]l|hou|tit[uo]l|intest|det[ei]n|posiad|drzit|birt|sahib'
  + '|имя|держ|влад|власн|κατοχ' // Russian, Ukrainian, Greek
  + '|שם|בעל|اسم|حامل|صاحب|دارند' // Hebrew, Arabic, Persian
  + '|持|名|소유|이름'; // Chinese, Japanese, Korean

export const WHOLE_EXPIRY = 'exp(ires?|iry)?( date| month| year| on)?'
  + '|(card|cc) (month|year|date)'
  + '|(valid|good) (thru|through|until|to|till)|validity'
  + '|mm (yy|aa|jj|rr)+|мм гг';
export const EXPIRY = 'תוקף|תפוגה' // Hebrew
  + '|انتها|صلاح[يی]|انقض' // Arabic, Persian
  + '|g(ue?lt|eld|yld|ilt)ig|ablauf|verval' // German, Dutch, Danish, Norwegian, Swedish
  + '|u[dt]l[oø][bp]|utgang|voimassa' // Danish, Norwegian, Swedish, Finnish
  + '|expira|caduc|vencim|scaden|validad|validit' // French, Spanish, Italian, Portuguese, Romanian
  + '|wazn|platnost|lejar' // Polish, Czech, Hungarian
  + '|ληξ|срок|действ|термін д' // Greek, Russian, Ukrainian
  + '|son kul|gecerl' // Turkish
  + '|有[效効]期|到期|유효 기간|만료'; // Chinese, Japanese, Korean

/** A label that is only a part of a date. It counts only if the form also has a card number. */
export const DATE_PART = 'mm|yy|yyyy|aa|jj|month|year|monat|jahr|mois|annee|mese|anno'
  + '|месяц|год|חודש|שנה|月|年|월|년';

/** A label that says only "number". It counts as a card number only next to two other kinds of card field. */
export const BARE = 'number|numero|nummer|номер';

/** Words that programmers put before the name of a field. */
export const PREFIX = '((txt|input|field|form|billing|payment|pay|card|cc|credit) )*';

/** Other cards and codes. A field with one of these words is not recognised as a card field by its words. */
export const WHOLE_NEVER = ''
  + 'gift|loyalty|rewards?|bonus|points?|club|member(ship)?|library|insurance|passport'
  + '|voucher|coupon|promo|discount|search|filter|iban|otp|sms|captcha'
  + '|(id|pan|sim|phone) card';
export const NEVER = 'מועדון|שובר|מתנה|גיפט|תעודת זהות|(?<!\\p{L})ת ז(?!\\p{L})' // Hebrew
  + '|(هد|هو|عضو)[يی]' // Arabic, Persian
  + '|geschenk|gutschein|treue|kunden kart|versicher|cad(eau|ou)|regalo|presente|lahja|etu kort'
  + '|kanta asiak|fidel|fedelt|identit'
  + '|medlem|klante|gavek|presentk|vernost|darkov|ajandek|prezent|podaru|lojaln'
  + '|дарч|подароч|подарун|лояльн|бонус|δωρ|hediye|sadakat' // Greek, Russian, Turkish
  + '|[会會][员員]|[礼禮]品|ポイント|ギフト|회원|포인트|상품권|기프트'; // Chinese, Japanese, Korean
