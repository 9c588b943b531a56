"""English wording of the pages. A mapping instead of a string holds the plural forms."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # frame
    "name": "Tamyeez",
    "tagline": "Kuwait’s law on trafficking in persons, in Arabic and English",
    "skip": "Skip to the content",
    "nav": "Main",
    "nav.search": "Search",
    "nav.laws": "Laws",
    "nav.matters": "Judgments",
    "nav.about": "About",
    "nav.api": "Programming interface",
    "switch": "العربية",
    "footer.advice": "A research tool. It gives no legal advice, and only official texts bind.",
    "footer.offline": "Runs on your own machines and calls no outside service.",
    "copy": "Copy citation",
    "copy.ar": "Copy citation in Arabic",
    "copy.en": "Copy citation in English",
    "copy.link": "Copy permanent link",
    "cite.more": "Links and other formats",
    "permalink": "Permanent link",
    "download": "Download",
    "copied": "Copied",
    "sep": ", ",
    "clause.par": "paragraph",
    "clause.pt": "point",
    "clause.def": "definition",
    # kinds, languages, authority, confidence
    "kind.statute": "Law",
    "kind.treaty": "Treaty",
    "kind.judgment": "Judgment or matter",
    "kind.plan": "Plan",
    "kind.other": "Other text",
    "kinds.statute": "Laws",
    "kinds.treaty": "Treaties",
    "kinds.judgment": "Judgments and matters",
    "kinds.plan": "Plans",
    "kinds.other": "Other texts",
    "lang.ar": "Arabic",
    "lang.en": "English",
    "authority.official": "Official text",
    "authority.translation": "Translation — not the official text",
    "authority.digest": "Digest in our words — not the official text",
    "authority.reported": "Publicly reported — digest in our words",
    "authority.training": "Fictional, written for training",
    "authority.official.short": "Official text",
    "authority.translation.short": "Translation",
    "authority.digest.short": "Our digest",
    "authority.reported.short": "Publicly reported",
    "authority.training.short": "Fictional (training)",
    "authority.official.about": "The words of the law or of the court, from a file added here.",
    "authority.translation.about": "Someone’s translation of the text. It does not bind.",
    "authority.digest.about": "What a provision says, in our own words. Never quote it as the law.",
    "authority.reported.about": "A matter known from public reports, retold by us without names.",
    "authority.training.about": "Invented for teaching. It never happened and proves nothing.",
    "unconfirmed": "Recognised by the program; not yet confirmed by a person",
    "confidence": "Confidence",
    "confidence.high": "high",
    "confidence.medium": "medium",
    "confidence.low": "low",
    # about
    "about.title": "About the collection",
    "about.lead": "What is held, what is not, and how far to trust it.",
    "about.held": "What is held",
    "about.by-authority": "Passages by authority",
    "about.by-language": "Passages by language",
    "about.not-held": "What is not held",
    "about.not-held.1": "The bundled collection has no official text of any law. Official texts "
    "appear here only when they are added from files, and then say so.",
    "about.not-held.2": "Reported matters come from public reports. Where a judgment itself was "
    "not published, we have not seen it.",
    "about.not-held.3": "Nothing here says that a law is unchanged today. Check the gazette for "
    "the "
    "day that matters.",
    "about.read": "How to read a page",
    "about.read.faces": "Official texts and translations are set in a book face with a solid rule. "
    "Whatever is in our own words is set in the plain face with a broken rule.",
    "about.search": "How search works",
    "about.search.1": "A citation in the query is read first. Otherwise every passage is compared "
    "twice: by its words, in all their forms, and by its meaning, across both languages. The two "
    "lists are joined by place, and each result says where it stood in each.",
    "about.search.2": "A place says nothing about legal weight: read the authority of the text.",
    "about.digits": "In Arabic, our own labels use Arabic-Indic digits. Digits inside texts, in "
    "ids "
    "and in addresses stay as they are.",
    "about.index": "Catalogue and index",
    "about.agree": "They agree: every passage held can be found.",
    "about.disagree": "They do not agree. Results may be incomplete.",
    "about.version": "Program",
    "about.edition": "Edition of the collection",
    "about.embedder": "Model for meaning",
    "about.backend": "Index",
    "about.files": "Files read",
    "about.quarantined": "Files refused",
    "about.unavailable": "The state of the collection cannot be read at the moment.",
    "about.cite": "How to cite",
    "about.cite.1": "Cite the law, not this page: article, law, year, and the official gazette.",
    "about.cite.2": "A digest is cited as a digest: “Tamyeez, digest of Art. 2, Law 91/2013”, "
    "with the edition shown above.",
    "about.licences": "Licences",
    "about.licences.1": "Program: Apache License 2.0. Our digests: Creative Commons Attribution "
    "4.0.",
    "about.licences.2": "Typefaces Amiri, IBM Plex Sans Arabic and Source Serif 4: "
    "SIL Open Font License 1.1. Official texts keep their own status.",
    # errors
    "error.title": "This did not work",
    "error.not-found.title": "No such page",
    "error.back": "Go to the search",
    "error.concerned": "Concerned",
    "error.error": "The request could not be answered.",
    "error.bad-request": "The request is not one this program understands. Check its values.",
    "error.bad-identifier": "This is not the id of a law, a provision or a matter. "
    "Ids look like kw-law-2013-91/art-2.",
    "error.bad-setting": "The server has a setting with a wrong value. Its administrator can "
    "see which.",
    "error.query-empty": "There is nothing to search for: the query has no word in it.",
    "error.query-too-long": "The query is too long: {limit} characters at most. Shorten it to the "
    "facts that matter.",
    "error.not-held": "The collection does not hold this.",
    "error.unreadable": "This text cannot be read.",
    "error.store-busy": "Another program is using the index. Try again in a moment.",
    "error.index-not-ready": "The index has not been built yet. Try again when it is ready.",
    "error.index-mismatch": "The index does not fit this program. It must be rebuilt: tamyeez "
    "reindex.",
    "error.store-damaged": "The catalogue or the index is damaged. Its administrator must look "
    "at it.",
    "error.store-full": "The disk is full. Its administrator must make room.",
    "error.engine-unavailable": "A part that search needs cannot be used on this machine.",
    "error.invalid-parameter": "A value in the address is not allowed. Check dates (2024-12-31), "
    "kinds and page numbers.",
    "error.not-found": "There is no page at this address.",
    "error.method-not-allowed": "This address can only be read.",
    "error.too-many-requests": "This is more than one reader may ask in a minute. Wait a moment, "
    "then ask again.",
    "error.too-large": "The request is too large.",
    "error.internal": "Something went wrong on our side. It has been recorded.",
    "error.unknown-host": "This server does not answer to the host name in this address. Use the "
    "name its administrator gave you; names are added by the setting TAMYEEZ_HOSTS.",
}
