"""Which forms of Arabic words meet on one term, and which words must not."""

import pytest

from search.text.arabic import is_stop_word, stem
from search.text.fold import fold_text

JOINED = [
    ("عقوبة", "العقوبة والعقوبات بالعقوبة لعقوبة"),  # article, particles, sound plural
    ("عقوبة", "عقوبته عقوبتها العقوبتين فعقوبته وبعقوبة"),  # pronouns, dual, two particles
    ("الاتجار", "اتجار للاتجار والاتجار بالاتجار"),  # assimilated lam
    ("الاتجار", "الإتجار الاتّجار ٱلاتجار"),  # hamza written or not, shadda, wasla
    ("شخص", "أشخاص الأشخاص للأشخاص بأشخاص شخصاً الشخصين"),  # broken plural, tanwin, dual
    ("مادة", "المادة للمادة والمادة المادتين مواد"),  # article of a law
    ("جواز", "جوازات الجوازات بجواز جوازاتهم"),  # plural with pronoun
    ("سفر", "السفر للسفر سفرهم"),  # three letters
    ("عامل", "عمال العمال للعمال العاملين والعمالة"),  # workers, labour force
    ("إقامة", "الإقامة إقامات بالإقامة إقامته الإقامات"),  # residence permits
    ("استغلال", "الاستغلال لاستغلال باستغلال واستغلالهم"),  # particle before alef
    ("قانون", "القانون قوانين بالقانون قانوناً للقوانين"),  # its ون is no plural
    ("محكمة", "المحكمة محاكم للمحكمة محكمتها محكمتي"),  # keeps its taa marbuta
    ("جريمة", "الجرائم بجريمة جريمته وجرائم"),  # broken plural
    ("سنة", "سنوات لسنة السنة سنتين سنتها"),  # short word keeps its ه
    ("لجنة", "اللجنة للجنة واللجنة لجان"),  # للجنة hides a third lam
    ("إلغاء", "الإلغاء إلغائه وإلغاء لإلغاء"),  # its ال is no article
    ("التزام", "الالتزام التزامات بالتزاماته"),  # likewise
    ("مسؤولية", "المسئولية مسؤوليته"),  # two spellings of hamza
    ("شأن", "شؤون شئون الشؤون بشأن"),  # likewise, plural
    ("ضحية", "الضحايا ضحاياهم للضحايا"),  # victims
    ("مهاجر", "المهاجرين للمهاجرين مهاجرون"),  # sound masculine plural
    ("بالغ", "البالغين بالغين"),  # its بال is no particle with article
    ("لاجئ", "اللاجئين للاجئين"),  # own lam after للـ
    ("طفل", "الأطفال طفله بأطفال"),  # children
    ("قاضٍ", "قاضي القضاة للقاضي"),  # defective noun
    ("إكراه", "بالإكراه والإكراه إكراهه"),  # its last ه is no pronoun
    ("رضا", "الرضا رضاء برضاء رضاه"),  # consent, two spellings
    ("بطاقة", "البطاقة ببطاقة بطاقتها بطاقات"),  # own ب
    ("بيانات", "بيان البيانات بياناته وبياناتها"),  # plural under a pronoun
    ("خادم", "خدم الخدم خادمات"),  # domestic workers
    ("وزير", "الوزراء لوزير ووزير"),  # own و
    ("جنسية", "الجنسية جنسيتهم جنسيات"),  # nationality
    ("ألف", "آلاف الآلاف ألفين"),  # thousands
    ("عشرون", "عشرين العشرين"),  # case of tens
    ("جزائي", "الجزائية جزائية الجزاء"),  # adjective of penalty
    ("ارتكب", "ارتكبت ارتكبوا ارتكبها"),  # persons of a verb
    ("مؤقت", "مؤقتة المؤقت"),  # its ت is its own
    ("فقرة", "الفقرة فقرات الفقرتين"),  # paragraph
]

APART = [
    ("حكم", "محكمة"),  # judgment, court
    ("حاكم", "حكم"),  # ruler, judgment
    ("محاكمة", "محكمة"),  # trial, court
    ("عام", "عمل"),  # year or public, work
    ("علم", "عمل"),  # knowledge, work
    ("سنة", "سن"),  # year, age
    ("حبس", "حساب"),  # imprisonment, account
    ("جنسية", "جنسي"),  # nationality, sexual
    ("مصادرة", "مصدر"),  # confiscation, source
    ("مواقعة", "موقع"),  # intercourse, site
    ("خدمة", "خدم"),  # service, servants
    ("جماعة", "جماع"),  # group, intercourse
    ("طريقة", "طريق"),  # manner, road
    ("بينة", "بين"),  # evidence, between
    ("تجارة", "تاجر"),  # commerce, merchant
    ("اتجار", "تجارة"),  # trafficking, commerce
    ("كتابة", "كتاب"),  # writing, book
    ("عشرون", "عشرة"),  # twenty, ten
    ("ثلاثون", "ثلاثة"),  # thirty, three
    ("خمسون", "خمس"),  # fifty, five
    ("والد", "ولد"),  # parent, child
    ("وفاة", "وفاء"),  # death, payment
    ("لجنة", "جنة"),  # committee, garden
    ("للجنة", "للجاني"),  # to the committee, to the offender
    ("بطاقة", "طاقة"),  # card, capacity
    ("اتفاقية", "اتفاق"),  # convention, agreement
    ("دولة", "دولي"),  # state, international
    ("رسم", "رسمي"),  # fee, official
    ("مدينة", "مدين"),  # city, debtor
    ("إلغاء", "غاية"),  # repeal, aim
    ("إثبات", "ثبوت"),  # proof, being proved
    ("حرمان", "حرم"),  # deprivation, sanctuary
    ("إخطار", "خطر"),  # notice, danger
    ("إثارة", "أثر"),  # raising, effect
    ("امرأة", "أمر"),  # woman, order
    ("عقوبة", "يعاقب"),  # a light stemmer does not reach the verb
    ("سجن", "سجين"),  # prison, prisoner
    ("ورق", "رق"),  # paper, slavery
    ("فقرة", "فقر"),  # paragraph, poverty
    ("قرار", "فرار"),  # decision, flight
    ("كفالة", "كافة"),  # bail, all
    ("وكيل", "كيل"),  # agent, measure
    ("بنت", "نبت"),  # daughter, sprouted
    ("جريمة", "جرم"),  # crime as punished, as concept
    ("تهريب", "هرب"),  # smuggling, fled
    ("هجرة", "مهاجر"),  # migration, migrant
    ("عضو", "عوض"),  # member or organ, compensation
    ("ضمان", "ضمن"),  # guarantee, within
    ("ديوان", "دين"),  # bureau, debt
    ("عدوان", "عدو"),  # aggression, enemy
    ("سلطان", "سلطة"),  # sultan, authority
    ("تأمين", "أمان"),  # insurance, safety
    ("تمكين", "مكان"),  # enabling, place
    ("شهادة", "شاهد"),  # testimony, witness
    ("بلاغ", "بلوغ"),  # report, majority
    ("وزارة", "وزير"),  # ministry, minister
    ("متهم", "تهمة"),  # accused, charge
    ("مساهم", "مساء"),  # shareholder, evening
    ("سفر", "سفارة"),  # travel, embassy
    ("قضاء", "قاضي"),  # judiciary, judge
    ("استغلال", "استعمال"),  # exploitation, use
    ("قسري", "قاصر"),  # forced, minor
    ("لازم", "زمن"),  # necessary, time
]


def _term(word: str) -> str:
    return stem(fold_text(word))


@pytest.mark.parametrize(
    ("word", "form"), [(word, form) for word, forms in JOINED for form in forms.split()]
)
def test_forms_of_one_word_meet(word: str, form: str) -> None:
    assert _term(form) == _term(word)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert _term(one) != _term(other)


def test_the_known_price_of_a_light_stemmer() -> None:
    # Work and worker are two terms; only the plurals of each meet.
    assert _term("عمل") == _term("أعمال") != _term("عامل")
    # Public (feminine) is not told from the year.
    assert _term("عام") == _term("عامة")


@pytest.mark.parametrize("word", ["في", "وفي", "فإذا", "التي", "عليها", "و", "لأن"])
def test_words_of_grammar_are_stop_words(word: str) -> None:
    assert is_stop_word(fold_text(word))


@pytest.mark.parametrize("word", ["وعد", "بعد", "قبل", "دون", "غير", "فصل", "كفيل"])
def test_words_of_substance_are_not(word: str) -> None:
    assert not is_stop_word(fold_text(word))
