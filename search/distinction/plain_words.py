"""What a clause says in so many words, whatever the trained reader makes of it.

The reader learned from facts told at length, quietly or crookedly; "forced her to work", told
plainly and briefly, it may pass over. Here stand the plain words of the elements that decide. How
a clause means them, as a fact, denied or claimed, is the reader's to say, and what they weigh
together the weigher's: a threat, a lock or a passport decide nothing by themselves. Measured by
`python -m eval.distinction.plain`: of the clauses of cases that match, how many are marked so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from search.distinction.clauses import Facts
from search.distinction.signals import ClauseScores
from search.text.fold import fold

CHANCE = 0.6  # with which plain words say it: about the least share of marked ones among matches

_ONE = r"(?:her|him|them|me|us)"
_ITS = r"(?:the|a|his|her|their)"
_WHO = r"(?:her|him|them|me|us|each|(?:the |a |an |his |their )?[\w']+(?: [\w']+)?)"
_PAPERS = r"(?:passports?|travel documents?|identity (?:cards?|papers))"
_FORCED = r"(?:forc(?:e|ed|es|ing)|compel(?:led|s|ling)?|coerc(?:e|ed|es|ing)|oblig(?:e|ed|es|ing))"
_TOOK = (
    r"(?:took|takes|kept|keeps|holds|held|holding|keeping|confiscat\w+|seiz\w+|withh\w+|retain\w+)"
)
_SEX = r"(?:prostitution|have sex|sleep with|sex with)"
_PLACE = r"(?:flat|apartment|house|villa|room|salon|store)"
_RUNS = r"(?:runs?|ran|running|manag\w+|opened|operat\w+)"
_SOLD = r"(?:clients?|customers?|prostitut\w+|sex)"
_WILLING = r"(?:of (?:her|their) own (?:free )?(?:will|choice|accord)|willingly|voluntarily)"
_WAGE = r"(?:(?:the|her|his|their|my|our) )?(?:wages?|salar\w+)"

_AR_PAPERS = r"(?:ال)?(?:جواز|جوازات|وثائق سفر)\w*"
_AR_TOOK = r"[وف]?(?:احتجز|احتفظ|صادر|حجز|سحب|اخذ|امسك|يحتجز|يحتفظ|تحتفظ|يمسك)\w{0,3}"
_AR_FORCED = r"[وف]?(?:اجبر|اكره|ارغم|يجبر|تجبر|يرغم|ترغم|يغصب|غصب|اجبار|ارغام|مجبر)\w{0,4}"
_AR_WORK = r"(?:ال)?(?:عمل|خدمه|تنظيف|شغل)\w{0,2}"
_AR_PUT_TO_WORK = r"[وف]?(?:شغل|يشغل|تشغل)(?:و|ون|ت)?(?:ها|هم|هن|ني|نا|ه)"
_AR_PERMIT = r"(?:ال)?(?:اقامه|تاشيره|فيزا|سمه)"
_AR_PLACE = r"(?:ال)?(?:شقه|بيت|منزل|مسكن|غرفه|سكن|وكر|صالون|مقر|سرداب|مخزن)"
_AR_SOLD = r"(?:زبائن|زباين|دعاره|جنس|رذيله)"
_AR_WILLING = r"(?:بارادته\w+|برضا\w+|بمحض ارادته\w+|طوعا|طواعيه|باختياره\w+)"
_AR_WAGE = r"(?:ال)?(?:رواتب|راتب|اجور|اجر|معاش)\w{0,3}"
_AR_SHUT_UP = r"[وف]?(?:حبس|يحبس|تحبس|احتجز|تحتجز|يحتجز)\w{0,3}"
_AR_LOCKED = r"[وف]?(?:حبس|احتجز|اقفل|اغلق|يقفل|يغلق|يحبس|تقفل|تغلق)\w{0,3}"

# Written for folded text: no vowel signs, one alef, one yeh, haa for taa marbuta.
_PLAIN: Mapping[str, tuple[str, ...]] = {
    "forced-work": (
        rf"\b{_FORCED} {_WHO} (?:in)?to (?:work|labour|labor|clean|serve|keep working)",
        rf"\b{_FORCED} to (?:work|labour|labor|clean|serve|keep working)\b",
        r"\bforced labou?r\b",
        r"\b(?:made|making) (?:her|him|them|me|us) work\b",
        rf"\b{_AR_FORCED} علي {_AR_WORK}",
        r"\bعملا? قسريا?\b",
        rf"\b{_AR_PUT_TO_WORK}\b[^،.؛]{{0,40}}\b(?:بلا|دون|بدون) (?:اي )?(?:اجر|راتب|مقابل)\b",
        rf"\b{_AR_PUT_TO_WORK} (?:غصب|قسرا|كرها|بالقوه|بالاكراه)",
        r"\bغصبا? (?:عن|علي)",
    ),
    "documents-kept": (
        rf"\b{_TOOK} (?:away )?{_WHO} {_PAPERS}",
        rf"\b{_TOOK} (?:away )?{_PAPERS}",
        rf"\b{_PAPERS} (?:was|were|is|are|(?:has|had) been) (?:taken|kept|held|confiscated|seized)",
        rf"\b{_AR_TOOK} (?:ب)?{_AR_PAPERS}",
        rf"\b{_AR_TOOK} (?:ال)?(?:كفيل|مكتب|شركه|متهم|متهمه|مدير)\w* (?:ب)?{_AR_PAPERS}",
    ),
    "confinement": (
        rf"\b(?:locked|locks|locking|shut) {_WHO} (?:in\b|inside|up\b)",
        r"\blocked (?:the )?(?:doors?|flat|house|room|apartment) on (?:her|him|them|me|us)\b",
        r"\b(?:was|were) locked (?:in\b|inside|up\b)",
        r"\b(?:not allowed|forbidden|never allowed|not let|never let) (?:to )?(?:go out|leave)\b",
        rf"\b{_AR_LOCKED} (?:علي\w{{1,3}} )?(?:ال)?(?:باب|ابواب|شقه|غرفه|بيت|منزل|سكن)",
        r"\b[وف]?(?:منع|يمنع|تمنع)\w{0,4} من (?:ال)?(?:خروج|مغادره)",
        rf"\b{_AR_SHUT_UP} (?:في|داخل|جوا) {_AR_PLACE}",
        r"\b(?:kept|keeps|held|holds) (?:her|him|them|me|us) locked\b",
        rf"\b(?:detain\w*|held|imprison\w*) {_ONE} in {_ITS} {_PLACE}\b",
    ),
    "threat-authority": (
        rf"\bthreaten\w* {_WHO} with (?:deportation|the police|arrest|absconding|a report)",
        r"\bthreaten\w* to (?:report|deport|have \w+ deported|call the police|file)",
        r"\b(?:هدد|يهدد|تهدد|توعد)\w{0,4} (?:ب)?(?:بلاغ|الترحيل|ترحيل|الابعاد|الشرطه|تسفير)\w*",
        r"\b[وف]?(?:هدد|يهدد|تهدد|توعد)\w{0,4} ب(?:ال)?(?:بلاغ|ترحيل|ابعاد|شرطه|تسفير|سجن|حبس)\w*",
    ),
    "excess-hours": (
        r"\b(?:1[2-9]|2[0-2]|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
        r"twenty) hours (?:a|per|each|every) day\b",
        r"\b(?:1[2-9]|2[0-2]) ساعه (?:يوميا|في اليوم)",
        r"\b(?:اثنتي|ثلاث|اربع|خمس|ست|سبع|ثماني|تسع) عشره ساعه (?:يوميا|في اليوم|كل يوم)",
        r"\bfrom (?:dawn|sunrise|early morning|four|five|six|[456])(?: ?a\.?m\.?| in the morning)? "
        r"(?:to|until|till) (?:midnight|late|after midnight|eleven|one|two|11|1|2)\b",
        r"\bمن (?:ال)?(?:فجر|خامسه|سادسه|صبح|صباح)\w* (?:فجرا |صباحا )?(?:لين |الي |حتي |لحد |ل)"
        r"(?:ال)?(?:نص|نصف|منتصف|اخر|بعد منتصف) (?:ال)?ليل",
    ),
    "sexual-exploitation": (
        rf"\b{_FORCED} {_WHO} (?:in)?to (?:\w+ ){{0,2}}{_SEX}",
        rf"\b{_FORCED} (?:in)?to (?:\w+ ){{0,2}}{_SEX}",
        r"\bforced prostitution\b",
        rf"\b{_AR_FORCED} علي (?:ممارسه )?(?:ال)?(?:دعاره|بغاء|رذيله|جنس)",
        rf"\b{_FORCED} {_WHO} (?:in)?to (?:receive|see|serve|entertain) (?:\w+ )?"
        r"(?:customers?|clients?|men)\b",
        rf"\b{_AR_FORCED} علي (?:استقبال|مجالسه|معاشره|مضاجعه) (?:ال)?(?:زبائن|زباين|رجال)",
    ),
    "forced-begging": (
        rf"\b{_FORCED} {_WHO} (?:in)?to beg",
        r"\b(?:made|making) (?:her|him|them|me|us|the \w+) beg\b",
        rf"\b{_AR_FORCED} علي (?:ال)?تسول",
    ),
    "forced-crime": (
        rf"\b{_FORCED} {_WHO} (?:in)?to (?:deal|steal|sell drugs|smuggle|carry drugs|pick pockets)",
        rf"\b{_AR_FORCED} علي (?:ال)?(?:ترويج|سرقه|نشل|توصيل المخدرات|بيع المخدرات|تهريب)",
    ),
    "violence": (
        r"\b(?:beat|beats|beaten|burned|burnt|starved|whipped) (?:her|him|them|me|us)\b",
        r"\b(?:was|were|is|are) (?:beaten|burned|burnt|starved|whipped)\b",
        r"\b[وف]?(?:ضرب|يضرب|تضرب|احرق|جوع)(?:ها|هم|هن|ني|نا)\b",
        rf"\b(?:hit|hits|beat|beats) (?:{_ONE}|the (?:maid|worker|driver|girl|woman|cook|nanny))\b",
        r"\b[وف]?(?:ضرب|يضرب|تضرب)\w{0,2} ال(?:خادمه|عامل|عامله|سايق|سائق|خدامه|شغاله|بنت|فتاه)\b",
    ),
    "isolation": (
        r"\b(?:took|takes|confiscated|kept|seized) (?:her|his|their|my|our) (?:phones?|mobiles?)\b",
        r"\b[وف]?(?:اخذ|صادر|سحب|ياخذ)\w{0,4} (?:هاتف|تلفون|موبايل|هواتف)\w*",
    ),
    "permit-sold": (
        r"\bs(?:old|ells|elling) (?:\w+ ){0,3}(?:visas?|residenc\w+|(?:work|residence) permits?)\b",
        rf"\b(?:paid|pays) (?:\w+ ){{0,4}}(?:dinars|kd) for {_ITS} (?:visa|permit|residence)",
        r"\b[وف]?(?:باع|يبيع|تبيع|بيع) (?:ال)?(?:اقام|تاشير|فيز|سم|اذون|اذن عمل|كروت)\w*",
        rf"\b[وف]?(?:دفع|دفعت|دفعوا) (?:\w+ ){{1,4}}(?:ثمن|مقابل|لقاء) {_AR_PERMIT}",
    ),
    "domestic-worker": (
        r"\b(?:domestic worker|housemaid|house maid|maid|domestic helper)s?\b",
        r"\b(?:ال|لل)?(?:خادمه|خادمات|عامله منزليه|عماله منزليه)\b",
        r"\bالعامل(?:ه|ات)? المنزلي(?:ه|ات)?\b",
        r"\b(?:nanny|nannies|house driver)\b",
        r"\b(?:ال|لل)?(?:خدامه|شغاله|مربيه اطفال)\b",
    ),
    "child": (
        r"\b(?:[5-9]|1[0-7])[- ]years?[- ]old\b",
        r"\baged (?:[5-9]|1[0-7])\b",
        r"\b(?:عمر|سن)\w{0,2} (?:[5-9]|1[0-7]) (?:سن|عام)\w*",
    ),
    "recruited": (
        r"\brecruited (?:her|him|them|me|us|the \w+) (?:from|in|through|by)\b",
        r"\b(?:was|were) recruited\b",
        r"\b[وف]?(?:استقدم|جند|يستقدم)(?:ها|هم|هن|ني|نا|ه|ت|وا|وها|وهم|تها|تهم)?\b",
    ),
    "received": (
        rf"\b(?:met|received|collected|picked) {_ONE} (?:up )?(?:at|from) the airport\b",
        r"\b[وف]?(?:استقبل|استلم|تسلم)(?:ها|هم|هن|ني|نا|ه|وها|وهم|تها|تهم) (?:في|من) (?:ال)?مطار",
    ),
    "housed": (
        r"\b(?:housed|lodged|hid) (?:her|him|them|me|us|the \w+) in\b",
        r"\b[وف]?(?:اسكن|اوا|خبا)(?:ها|هم|هن|ني|نا|ه|وها|وهم|تها|تهم) في\b",
    ),
    "handed-over": (
        rf"\b(?:sold|handed|lent|passed) {_ONE} (?:on |over )?to (?:another|a|the|his|her)\b",
    ),
    "organ-removal": (
        r"\bremov\w+ (?:\w+ ){0,3}(?:kidney|organ)s?\b",
        r"\b(?:نزع|استئصال|نزعوا|استاصل)\w* (?:\w+ ){0,2}(?:كليه|كليت|عضو|اعضا)\w*",
        r"\b(?:for|sell|buy|bought|sold|price of) (?:\w+ ){0,2}(?:kidney|liver|cornea)s?\b",
        r"\b(?:مقابل|بيع|شراء|باع|يبيع|ثمن) (?:ال)?(?:كليت|كليه|كلي)\w*",
    ),
    "wages-unpaid": (
        rf"\b(?:did|does|do|has|have|had) (?:not|never) (?:pay|paid|been paid) (?:{_ONE}|{_WAGE}|"
        r"(?:the |a )?(?:workers?|maids?|drivers?)\b)",
        r"\b(?:has|have|had|was|were) (?:not|never) been paid\b",
        r"\b(?:without|no) (?:any )?(?:pay|wages?|salary)\b",
        r"\bunpaid (?:wages?|salar\w+)\b",
        r"\b(?:wages?|salar(?:y|ies)) (?:\w+ ){0,2}(?:unpaid|not paid|withheld|late|delayed)\b",
        rf"\b[وف]?(?:لم|ما|لا) (?:يدفع|دفع|تدفع|يعط|عطا|يصرف|صرف|تصرف|يسلم|سلم)\w{{0,4}} "
        rf"(?:\w+ )?{_AR_WAGE}",
        rf"\b{_AR_WAGE} (?:متاخر\w*|لم (?:ت|ي)?(?:دفع|صرف)\w*|ما (?:اندفع|نزل|دفع)\w*)",
    ),
    "prostitution-own": (
        rf"\b{_SOLD}\b.{{0,60}}\b{_WILLING}\b",
        rf"\b{_WILLING}\b.{{0,60}}\b{_SOLD}\b",
        rf"\b{_AR_WILLING}\b.{{0,60}}{_AR_SOLD}",
        rf"{_AR_SOLD}.{{0,60}}\b{_AR_WILLING}\b",
    ),
    "prostitution-run": (
        rf"\b{_RUNS} (?:\w+ ){{1,3}}(?:brothel|for prostitution)",
        rf"\b{_RUNS} {_ITS} {_PLACE}\b.{{0,60}}\b{_SOLD}\b",
        rf"\b[وف]?(?:يدير|تدير|ادار\w{{0,2}}) (?:\w+ ){{0,2}}?{_AR_PLACE}\w*\b.{{0,60}}{_AR_SOLD}",
    ),
    "ransom": (
        r"\bransom\b",
        r"\b(?:ال)?فديه\b",
    ),
    "border-crossing": (
        r"\bsmuggl\w+ (?:\w+ ){0,5}(?:across|over) the (?:border|sea)\b",
        r"\bsmuggl\w+ (?:\w+ ){0,3}into (?:kuwait|the country)\b",
        r"\b[وف]?(?:هرب|يهرب|تهريب|ادخال|ادخل)\w* .{0,40}"
        r"\b(?:عبر|من) (?:ال)?(?:حدود|بحر|منفذ|بر)\b",
    ),
    "free-to-leave": (
        r"\b(?:can|could|may) (?:leave|quit|go out|resign) (?:whenever|when|any ?time)\b",
        r"\bfree to (?:leave|go|resign|quit)\b",
        r"\b(?:[اينت]قدر\w*|[يت]ستطيع\w*|[ويتن]خرج\w*|[نتي]طلع\w*) .{0,20}"
        r"\b(?:متي|وقت) (?:ما )?(?:شاء|نبي|تبي|يب|اراد|نريد)",
        r"\b(?:حر|حره|احرار|حرا) في (?:ال)?(?:مغادره|خروج|ترك)",
    ),
}


def raised(scores: ClauseScores, facts: Facts, signals: tuple[str, ...]) -> ClauseScores:
    """Return the scores with what clauses say plainly raised to CHANCE at least."""
    places = {signal: place for place, signal in enumerate(signals)}
    made = scores.signals.copy()
    for row, clause in enumerate(facts.clauses):
        for signal in plainly_said(facts.words(clause)):
            made[row, places[signal]] = max(made[row, places[signal]], np.float32(CHANCE))
    return ClauseScores(made, scores.polarity)


def plainly_said(words: str) -> list[str]:
    """Return the signals that the words of a clause name plainly."""
    text = fold(words).text
    if _ASKED.search(text):
        return []
    return [signal for signal, pattern in _READ.items() if pattern.search(text)]


_ASKED = re.compile(r"^(?:q|س) ?:|\bهل\b|[?؟]")  # a question says nothing
_READ = {signal: re.compile("|".join(forms)) for signal, forms in _PLAIN.items()}
