import Chronology
import Identifiers
import Registry
import Storage

/// A letter to one who was asked: what is said and the link.
public struct SurveyLetter: Sendable {
    public var citizen: CitizenID
    public var name: String
    /// What the link ends in. Only its hash is kept.
    public var secret: String
}

extension SurveyCase {
    /// All that is kept of a link's secret.
    public static func digest(of secret: String) -> String {
        FileContents.digest(Array("survey \(secret)".utf8))
    }

    /// Makes a link for each of those who were drawn and have not answered: the invitation, and
    /// each time after that a reminder. Earlier links work on, so that whoever finds the first
    /// letter can use it. The look at those who get one is logged.
    ///
    /// - Parameter secret: gives an unpredictable secret each time. It is told here and kept
    ///   nowhere.
    public func send(
        _ id: FactID, secret: @escaping @Sendable () -> String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> ([SurveyLetter], Receipt) {
        try Policy.require(.manageSurvey, by: actor, in: municipality)
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let (made, receipt) = try await house.writeCase(
            municipality, actor, purpose, asking: .manageSurvey
        ) { writer -> ([CitizenID: String], Receipt) in
            let wave = try writer.wave(id)
            if wave.drawn == nil { throw FieldProblems([.init("send", "surveyNotDrawn")]) }
            if wave.ended != nil || writer.today > wave.closes {
                throw FieldProblems([.init("send", "surveyClosed")])
            }
            let open = try writer.surveys.invitations(to: id).filter { !$0.isUsed }
            if open.isEmpty { throw FieldProblems([.init("send", "surveyAllAnswered")]) }
            var links: [(number: Int64, digest: String)] = []
            var made: [CitizenID: String] = [:]
            for invitation in open {
                guard let citizen = invitation.citizen else { continue }
                let new = secret()
                made[citizen] = new
                links.append((number: invitation.number, digest: SurveyCase.digest(of: new)))
            }
            try writer.surveys.link(links, to: id)
            let (today, count) = (writer.today, links.count)
            let receipt = try writer.add(.surveySending) { number in
                .surveySending(SurveySending(id: number, wave: id, day: today, count: count))
            }.1
            return (made, receipt)
        }
        let people = try await reading.citizens(
            Set(made.keys), for: .survey, on: house.clock.today())
        let letters = people.citizens.compactMap { person in
            made[person.id].map {
                SurveyLetter(
                    citizen: person.id, name: person.fullName,
                    secret: $0)
            }
        }
        return (letters, receipt)
    }
}

/// What a link to a survey leads to.
public enum SurveyLink: Hashable, Sendable {
    case open(SurveyWave)
    /// Somebody has answered by it, or by another link of the same one.
    case answered
    case notYet(Day)
    /// The wave is over.
    case closed(Day)
}

/// What somebody answers.
public struct SurveyReply: Hashable, Sendable {
    /// From 1 to 5 in the order of the themes; nil for "do not know".
    public var scores: [Int?]
    /// Empty where nothing was written.
    public var words: String

    public init(scores: [Int?], words: String) {
        self.scores = scores
        self.words = words
    }
}

extension SurveyCase {
    /// Nil for a link of nothing. Tells nothing of who was asked.
    public func opened(
        _ secret: String, in municipality: MunicipalityCode
    ) async throws -> SurveyLink? {
        let today = house.clock.today()
        return try await house.engine.read { connection in
            try Self.found(secret, connection, municipality, today)?.leads
        }
    }

    /// Keeps an answer and that the link was used, in one transaction and nowhere together. No
    /// day or hour is kept, and nothing is entered in the ledger before the wave is ended: an
    /// entry would tell when somebody answered. A second answer does nothing.
    ///
    /// - Parameter number: unpredictable; the answers are kept in the order of such numbers.
    public func answer(
        _ secret: String, _ reply: SurveyReply, number: Int64, in municipality: MunicipalityCode
    ) async throws -> SurveyLink? {
        let citizen = Actor(name: "borgeren", role: .citizen, municipality: municipality)
        try Policy.require(.answerSurvey, by: citizen, in: municipality)
        try reply.check()
        let today = house.clock.today()
        return try await house.engine.write { connection in
            let found = try Self.found(secret, connection, municipality, today)
            guard let found, case .open = found.leads else { return found?.leads }
            _ = try SurveyStore(connection, municipality).answer(
                found.row,
                SurveyAnswerRow(
                    id: number, stratum: found.row.invitation.stratum, scores: reply.scores,
                    words: reply.words.isEmpty ? nil : reply.words))
            return found.leads
        }
    }

    private static func found(
        _ secret: String, _ connection: any SQLConnection, _ municipality: MunicipalityCode,
        _ today: Day
    ) throws -> (row: SurveyLinkRow, leads: SurveyLink)? {
        guard let row = try SurveyStore(connection, municipality).link(digest(of: secret)),
            case .surveyWave(let wave)? = try StoreReader(connection).registration(
                .surveyWave, row.wave, of: municipality)?.fact
        else { return nil }
        let leads: SurveyLink =
            if row.invitation.isUsed {
                .answered
            } else if wave.ended != nil || today > wave.closes {
                .closed(wave.closes)
            } else if today < wave.opens {
                .notYet(wave.opens)
            } else {
                .open(wave)
            }
        return (row, leads)
    }
}

extension SurveyReply {
    fileprivate func check() throws(FieldProblems) {
        var problems: [FieldProblem] = []
        for (theme, score) in zip(SurveyTheme.allCases, scores) {
            if let score, !(1...5).contains(score) {
                problems.append(.init(theme.rawValue, "surveyScore"))
            }
        }
        if scores.count != SurveyTheme.allCases.count {
            problems.append(.init(SurveyTheme.meeting.rawValue, "surveyScore"))
        }
        if words.count > SurveyCase.longestWords {
            problems.append(
                .init(
                    "words", "surveyWords",
                    ["most": String(SurveyCase.longestWords), "length": String(words.count)]))
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }
}
