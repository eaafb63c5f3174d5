import Chronology
import Identifiers
import Registry

extension SurveyWave: FactRow {
    static let columns = [
        "title", "frame_day", "opens", "closes", "mode", "wanted", "seed", "drawn", "strata",
        "ended", "survey", "digest",
    ]
    var values: [SQLValue] {
        [
            .text(title), .day(frameDay), .day(opens), .day(closes), .raw(mode),
            .integer(Int64(wanted)), .integer(seed), .day(drawn), .raw(strata), .day(ended),
            .fact(survey), .text(digest),
        ]
    }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), title: row.text(1), frameDay: row.day(2), opens: row.day(3),
            closes: row.day(4), mode: try row.raw(5), wanted: Int(row.number(6)),
            seed: row.number(7), drawn: row.optionalDay(8), strata: try row.raw(9),
            ended: row.optionalDay(10), survey: row.optionalFact(11), digest: row.text(12))
    }
}

extension SurveySending: FactRow {
    static let columns = ["wave", "day", "links"]
    var values: [SQLValue] { [.fact(wave), .day(day), .integer(Int64(count))] }
    init(_ row: FactReader) throws(StorageError) {
        self.init(
            id: FactID(row.id), wave: FactID(row.number(1)), day: row.day(2),
            count: Int(row.number(3)))
    }
}

/// One who was asked, as the table has it.
public struct SurveyInvitationRow: Hashable, Sendable {
    public var number: Int64
    /// Nil after the wave was ended.
    public var citizen: CitizenID?
    /// The place of the stratum among those of the wave.
    public var stratum: Int
    public var isUsed: Bool

    public init(number: Int64, citizen: CitizenID?, stratum: Int, isUsed: Bool = false) {
        self.number = number
        self.citizen = citizen
        self.stratum = stratum
        self.isUsed = isUsed
    }
}

/// One answer, which names nobody.
public struct SurveyAnswerRow: Hashable, Sendable {
    /// Drawn at random.
    public var id: Int64
    /// The place of the stratum among those of the wave.
    public var stratum: Int
    /// From 1 to 5 in the order of the themes; nil for "do not know".
    public var scores: [Int?]
    /// Nil where nothing was written.
    public var words: String?

    public init(id: Int64, stratum: Int, scores: [Int?], words: String?) {
        self.id = id
        self.stratum = stratum
        self.scores = scores
        self.words = words
    }
}

/// What a reader said of the words of an answer.
public struct SurveyReadingRow: Hashable, Sendable {
    public var answer: Int64
    public var reader: String
    public var allows: Bool
    /// What may be quoted.
    public var shown: String

    public init(answer: Int64, reader: String, allows: Bool, shown: String) {
        self.answer = answer
        self.reader = reader
        self.allows = allows
        self.shown = shown
    }
}

/// Where a link leads.
public struct SurveyLinkRow: Hashable, Sendable {
    public var wave: FactID
    public var invitation: SurveyInvitationRow
}

/// Invitations, links, answers and readings of user surveys. They stand beside the ledger:
/// an answer is to be tied to nobody, and who was asked is taken away when the wave is ended.
public struct SurveyStore {
    static let invitationColumns = [
        "municipality", "wave", "number", "citizen", "stratum", "used",
    ]
    static let linkColumns = ["municipality", "digest", "wave", "number"]
    static let answerColumns =
        ["id", "municipality", "wave", "stratum"] + SurveyTheme.allCases.map(\.rawValue)
        + ["words"]
    static let readingColumns = ["municipality", "answer", "reader", "allows", "shown"]

    private let connection: any SQLConnection
    private let code: SQLValue

    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode) {
        self.connection = connection
        code = .integer(Int64(municipality.number))
    }

    /// Takes the place of every invitation of the wave.
    public func invite(_ rows: [SurveyInvitationRow], to wave: FactID) throws {
        try connection.execute(
            "DELETE FROM survey_invitation WHERE municipality = $1 AND wave = $2",
            [code, .integer(wave.number)])
        guard !rows.isEmpty else { return }
        try connection.load(
            into: "survey_invitation", columns: Self.invitationColumns,
            rows: rows.map {
                [
                    code, .integer(wave.number), .integer($0.number),
                    $0.citizen.map { .citizen($0) } ?? .null, .integer(Int64($0.stratum)),
                    .integer($0.isUsed ? 1 : 0),
                ]
            })
    }

    /// In the order of their numbers. O(invitations of the wave).
    public func invitations(to wave: FactID) throws -> [SurveyInvitationRow] {
        try connection.all(
            "SELECT number, citizen, stratum, used FROM survey_invitation "
                + "WHERE municipality = $1 AND wave = $2 ORDER BY number",
            [code, .integer(wave.number)]
        ) { Self.invitation($0, from: 0) }
    }

    private static func invitation(_ row: any SQLRow, from first: Int) -> SurveyInvitationRow {
        SurveyInvitationRow(
            number: row.integer(first),
            citizen: row.optionalInteger(first + 1).map { CitizenID($0) },
            stratum: Int(row.integer(first + 2)), isUsed: row.integer(first + 3) != 0)
    }

    /// Keeps the digests of new links, by the numbers of their invitations.
    public func link(_ digests: [(number: Int64, digest: String)], to wave: FactID) throws {
        guard !digests.isEmpty else { return }
        try connection.load(
            into: "survey_link", columns: Self.linkColumns,
            rows: digests.map {
                [code, .text($0.digest), .integer(wave.number), .integer($0.number)]
            })
    }

    /// What a link leads to; nil for one of nothing.
    public func link(_ digest: String) throws -> SurveyLinkRow? {
        try connection.first(
            """
            SELECT l.wave, i.number, i.citizen, i.stratum, i.used FROM survey_link l
            JOIN survey_invitation i ON i.municipality = l.municipality AND i.wave = l.wave
                AND i.number = l.number
            WHERE l.municipality = $1 AND l.digest = $2
            """, [code, .text(digest)]
        ) {
            SurveyLinkRow(wave: FactID($0.integer(0)), invitation: Self.invitation($0, from: 1))
        }
    }

    /// Marks the invitation as answered and keeps the answer, each without the other. False
    /// where it was answered before; then nothing is kept.
    public func answer(_ link: SurveyLinkRow, _ answer: SurveyAnswerRow) throws -> Bool {
        let changed = try connection.execute(
            "UPDATE survey_invitation SET used = 1 "
                + "WHERE municipality = $1 AND wave = $2 AND number = $3 AND used = 0",
            [code, .integer(link.wave.number), .integer(link.invitation.number)])
        guard changed == 1 else { return false }
        try connection.load(
            into: "survey_answer", columns: Self.answerColumns,
            rows: [
                [
                    .integer(answer.id), code, .integer(link.wave.number),
                    .integer(Int64(answer.stratum)),
                ] + answer.scores.map { $0.map { .integer(Int64($0)) } ?? .null }
                    + [answer.words.map { .text($0) } ?? .null]
            ])
        return true
    }

    /// Takes away who was asked, for good. Their number and that they answered stay.
    public func forget(_ wave: FactID) throws {
        try connection.execute(
            "UPDATE survey_invitation SET citizen = NULL WHERE municipality = $1 AND wave = $2",
            [code, .integer(wave.number)])
    }

    /// In the order of their random numbers. O(answers of the wave).
    public func answers(to wave: FactID) throws -> [SurveyAnswerRow] {
        let themes = SurveyTheme.allCases.map(\.rawValue)
        return try connection.all(
            "SELECT id, stratum, \(themes.joined(separator: ", ")), words FROM survey_answer "
                + "WHERE municipality = $1 AND wave = $2 ORDER BY id",
            [code, .integer(wave.number)]
        ) { row in
            SurveyAnswerRow(
                id: row.integer(0), stratum: Int(row.integer(1)),
                scores: themes.indices.map { row.optionalInteger($0 + 2).map { Int($0) } },
                words: row.optionalText(themes.count + 2))
        }
    }

    /// How many have answered.
    public func count(to wave: FactID) throws -> Int {
        try connection.first(
            "SELECT count(*) FROM survey_answer WHERE municipality = $1 AND wave = $2",
            [code, .integer(wave.number)]
        ) { Int($0.integer(0)) } ?? 0
    }

    /// Keeps what a reader says, in place of what the same one said before.
    public func keep(_ reading: SurveyReadingRow) throws {
        try connection.execute(
            "DELETE FROM survey_reading WHERE municipality = $1 AND answer = $2 AND reader = $3",
            [code, .integer(reading.answer), .text(reading.reader)])
        try connection.load(
            into: "survey_reading", columns: Self.readingColumns,
            rows: [
                [
                    code, .integer(reading.answer), .text(reading.reader),
                    .integer(reading.allows ? 1 : 0), .text(reading.shown),
                ]
            ])
    }

    /// What was said of the words of a wave's answers, by answer and reader.
    public func readings(of wave: FactID) throws -> [SurveyReadingRow] {
        try connection.all(
            """
            SELECT r.answer, r.reader, r.allows, r.shown FROM survey_reading r
            JOIN survey_answer a ON a.municipality = r.municipality AND a.id = r.answer
            WHERE a.municipality = $1 AND a.wave = $2 ORDER BY r.answer, r.reader
            """, [code, .integer(wave.number)]
        ) {
            SurveyReadingRow(
                answer: $0.integer(0), reader: $0.text(1), allows: $0.integer(2) != 0,
                shown: $0.text(3))
        }
    }
}
