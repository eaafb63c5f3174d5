/// The endings and linking elements of Danish, Norwegian, Swedish and German,
/// folded: what the words of these languages are built with, not what they mean.
public enum Morphology {
    /// What stands between the parts of a compound.
    public static let linking = ["s", "e", "es", "n", "en", "er", "r", "o", "u"]

    /// Endings that make words of words; many words end in them, and none of
    /// them is a part of a compound.
    public static let derivation = [
        "hed", "het", "heit", "keit", "else", "ning", "ing", "inger", "ninger", "ung", "ungen",
        "isk", "iske", "isch", "ische", "ischer", "lig", "lige", "lich", "liche", "schaft", "skab",
        "skap", "tion", "tioner", "ion", "ist", "ister", "istin", "iker", "eri", "erei", "tør",
        "tører", "tor", "torer", "toren", "inde", "inne", "innen", "erin", "erinnen", "are",
        "arna", "erne", "ende", "ene", "ere", "eren", "eur", "ant", "ent", "enter", "anter", "ling",
        "ator", "atør", "iteur", "nen", "ter", "ten", "ret", "ner", "ker", "ger", "der", "ler",
        "rer", "ser", "ber", "per", "sker", "ster", "stin", "sten", "ren", "rin", "lin", "tin",
        "erska", "ska", "tris", "trice", "isse", "esse", "ige", "iger",
    ]

    /// Function words: they join or place, and name no trade.
    public static let functionWords: Set<String> = [
        "og", "och", "und", "i", "im", "in", "inden", "innen", "for", "før", "fuer", "fyr", "til",
        "till", "til", "med", "med", "mit", "av", "af", "von", "vom", "paa", "auf", "ved", "vid",
        "bei", "der", "die", "das", "des", "dem", "den", "det", "de", "eller", "oder", "som", "als",
        "fra", "fraan", "aus", "o", "u", "m", "mv", "mfl", "mm", "samt", "at", "att", "zu", "zur",
        "zum", "en", "et", "ett", "ein", "eine", "inom", "an", "am", "f", "fl", "w", "d", "k", "x",
    ]
}
