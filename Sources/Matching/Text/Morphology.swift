/// The endings and linking elements of Danish, Norwegian, Swedish and German,
/// folded: how these languages build words, not what the words mean.
public enum Morphology {
    /// What stands between the parts of a compound.
    public static let linking = ["s", "e", "es", "n", "en", "er", "r", "o", "u"]

    /// Endings that make words of words; many words end in them, and none of
    /// them is a part of a compound.
    public static let derivation = list(
        """
        hed het heit keit else ning ing inger ninger ung ungen isk iske isch ische ischer lig lige \
        lich liche schaft skab skap tion tioner ion ist ister istin iker eri erei tør tører tor \
        torer toren inde inne innen erin erinnen are arna erne ende ene ere eren eur ant ent enter \
        anter ling ator atør iteur nen ter ten ret ner ker ger der ler rer ser ber per sker ster \
        stin sten ren rin lin tin erska ska tris trice isse esse ige iger
        """)

    /// Endings that bend a word or tell who does it, the longest first.
    public static let inflection = list(
        """
        erinnen arens erska inner erne arna erna orna inde inne aren ende eren erin eres ska ern \
        ene are ere ens ers ets ar en er et in na or rs a e n r s t
        """)

    /// Endings of one gender and what the other says, the longest first. They are exchanged
    /// where the vocabulary has both words.
    public static let genders: [(ending: String, common: String)] = [
        ("erinnen", "er"), ("innen", ""), ("kvinde", "mand"), ("kvinna", "man"),
        ("kvinne", "mann"), ("erska", "are"), ("inde", ""), ("inne", ""), ("erin", "er"),
        ("frau", "mann"), ("dame", "mand"), ("euse", "eur"), ("trice", "tør"), ("in", ""),
    ]

    /// Words that join or place, and name no trade.
    public static let functionWords = Set(
        list(
            """
            og och und eller oder samt i im in inden innen inom for før fur till til med mit av af \
            von vom paa auf ved vid bei der die das des dem den det de som als fra fraan aus at att \
            zu zur zum en et ett ein eine an am o u m mv mfl mm f fl w d k x
            """))

    private static func list(_ words: String) -> [String] {
        words.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}
