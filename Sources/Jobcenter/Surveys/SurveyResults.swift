import Chronology
import Identifiers
import Registry
import Storage
import Surveys

/// A wave that was ended, with what it says. Names nobody.
public struct SurveyResults: Sendable {
    public var wave: SurveyWave
    /// The invitation and the reminders.
    public var sendings: [SurveySending]
    public var estimate: SurveyEstimate
    /// Words that two have read and allowed, in the order of their random numbers.
    public var quotes: [String]
    /// Whether the answers are those that stood when the wave was ended.
    public var isIntact: Bool
}

/// All that everybody may see of surveys.
public struct SurveyList: Sendable {
    /// The latest first.
    public var ended: [SurveyResults]
    /// Waves of which only the totals were registered, the latest first.
    public var totals: [UserSurvey]
}

/// A wave as those who manage it see it.
public struct SurveyFile: Sendable {
    public var wave: SurveyWave
    public var sendings: [SurveySending]
    public var answered: Int
}

/// The words of one answer, with what was said of them.
public struct SurveyWords: Sendable {
    public var answer: Int64
    public var words: String
    public var readings: [SurveyReadingRow]

    /// What may be quoted: the text that two have allowed and nobody has refused.
    public var quote: String? {
        guard readings.allSatisfy(\.allows) else { return nil }
        return Set(readings.map(\.shown)).sorted().first { text in
            readings.count { $0.shown == text } >= 2
        }
    }
}

extension SurveyCase {
    /// What is open to everybody.
    public func list(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> SurveyList {
        try Policy.require(.readFigures, by: actor, in: municipality)
        return try await house.engine.read { connection in
            let (waves, sendings, totals) = try Self.read(connection, municipality)
            let ended = waves.filter { $0.ended != nil }
            let counted = Set(ended.compactMap(\.survey))
            return SurveyList(
                ended: try ended.map { try Self.results($0, sendings, connection, municipality) },
                totals: totals.filter { !counted.contains($0.id) })
        }
    }

    /// One wave that was ended; nil for one that was not, and for none.
    public func results(
        of id: FactID, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> SurveyResults? {
        try Policy.require(.readFigures, by: actor, in: municipality)
        return try await house.engine.read { connection in
            let (waves, sendings, _) = try Self.read(connection, municipality)
            guard let wave = waves.first(where: { $0.id == id }), wave.ended != nil else {
                return nil
            }
            return try Self.results(wave, sendings, connection, municipality)
        }
    }

    /// Every wave, the latest first, for those who manage them. How many have answered is all
    /// that is told before a wave is ended.
    public func files(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [SurveyFile] {
        try Policy.require(.manageSurvey, by: actor, in: municipality)
        return try await house.engine.read { connection in
            let (waves, sendings, _) = try Self.read(connection, municipality)
            return try waves.map { wave in
                SurveyFile(
                    wave: wave, sendings: sendings.filter { $0.wave == wave.id },
                    answered: try SurveyStore(connection, municipality).count(to: wave.id))
            }
        }
    }

    /// Ends a wave and registers its totals, which the plan's duty and the figures count. One
    /// that is ended before its last day has its window end today. Who was asked is taken away.
    public func end(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .manageSurvey) { writer in
            var wave = try writer.wave(id)
            if wave.ended != nil { throw FieldProblems([.init("end", "surveyEnded")]) }
            let sent = try writer.reader.sendings(of: id, in: writer.municipality)
            if sent == 0 { throw FieldProblems([.init("end", "surveyNotSent")]) }
            if writer.today < wave.opens {
                throw FieldProblems([.init("end", "surveyNotOpen")])
            }
            // First of all, so that whoever answers meanwhile waits and is told it is over.
            try writer.surveys.forget(id)
            wave.closes = min(wave.closes, writer.today)
            let answers = try writer.surveys.answers(to: id)
            let overall = SurveyTheme.allCases.firstIndex(of: .overall) ?? 0
            let totals = try writer.add(.survey) { number in
                .survey(
                    UserSurvey(
                        id: number, opened: wave.opens, closed: wave.closes,
                        invited: wave.invited, answered: answers.count,
                        satisfied: answers.count { ($0.scores[overall] ?? 0) >= 4 }))
            }
            wave.survey = totals.0
            wave.ended = writer.today
            wave.digest = Self.digest(of: answers)
            return try writer.set(.surveyWave(wave))
        }
    }

    private static func digest(of answers: [SurveyAnswerRow]) -> String {
        let lines = answers.map { answer in
            let scores = answer.scores.map { $0.map { String($0) } ?? "-" }
            return "\(answer.id) \(answer.stratum) \(scores.joined(separator: " "))"
        }
        return FileContents.digest(Array(lines.joined(separator: "\n").utf8))
    }

    private static func read(
        _ connection: any SQLConnection, _ municipality: MunicipalityCode
    ) throws -> ([SurveyWave], [SurveySending], [UserSurvey]) {
        var waves: [SurveyWave] = []
        var sendings: [SurveySending] = []
        var totals: [UserSurvey] = []
        try StoreReader(connection).facts(
            of: municipality, kinds: [.surveyWave, .surveySending, .survey]
        ) { fact in
            if case .surveyWave(let wave) = fact { waves.append(wave) }
            if case .surveySending(let sending) = fact { sendings.append(sending) }
            if case .survey(let survey) = fact { totals.append(survey) }
        }
        return (
            waves.sorted { ($0.closes, $0.id) > ($1.closes, $1.id) },
            sendings.sorted { $0.id < $1.id },
            totals.sorted { ($0.closed, $0.id) > ($1.closed, $1.id) }
        )
    }

    private static func results(
        _ wave: SurveyWave, _ sendings: [SurveySending], _ connection: any SQLConnection,
        _ municipality: MunicipalityCode
    ) throws -> SurveyResults {
        let store = SurveyStore(connection, municipality)
        let answers = try store.answers(to: wave.id)
        let words = try words(of: wave.id, answers, store)
        return SurveyResults(
            wave: wave, sendings: sendings.filter { $0.wave == wave.id },
            estimate: SurveyEstimate(
                wave.strata,
                answers.map { SurveyEstimate.Answer(stratum: $0.stratum, scores: $0.scores) }),
            quotes: words.compactMap(\.quote), isIntact: digest(of: answers) == wave.digest)
    }

    /// Nothing where too few have answered.
    private static func words(
        of wave: FactID, _ answers: [SurveyAnswerRow], _ store: SurveyStore
    ) throws -> [SurveyWords] {
        guard answers.count >= SurveyEstimate.leastForWords else { return [] }
        let readings = Dictionary(grouping: try store.readings(of: wave), by: \.answer)
        return answers.compactMap { answer in
            answer.words.map {
                SurveyWords(answer: answer.id, words: $0, readings: readings[answer.id] ?? [])
            }
        }
    }

    /// What was written in a wave that was ended, for those who decide what is quoted. Nothing
    /// where fewer than 20 have answered; nil where no such wave was ended. The look is logged.
    public func words(
        of id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> [SurveyWords]? {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        _ = try await reading.log([], for: .survey, on: house.clock.today())
        return try await house.engine.read { connection in
            let (waves, _, _) = try Self.read(connection, municipality)
            guard waves.contains(where: { $0.id == id && $0.ended != nil }) else { return nil }
            let store = SurveyStore(connection, municipality)
            return try Self.words(of: id, try store.answers(to: id), store)
        }
    }

    /// Says of the words of an answer whether they may be quoted, and in what form. The ledger
    /// has a note of it with the hash of the text.
    public func read(
        _ answer: Int64, of id: FactID, allows: Bool, shown: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try Policy.require(.readPeople(purpose), by: actor, in: municipality)
        return try await house.writeCase(
            municipality, actor, purpose, asking: .readPeople(purpose)
        ) { writer in
            guard try writer.wave(id).ended != nil else {
                throw FieldProblems([.init("shown", "surveyNotEnded")])
            }
            let all = try Self.words(
                of: id, try writer.surveys.answers(to: id), writer.surveys)
            guard all.contains(where: { $0.answer == answer }) else {
                throw FieldProblems([.init("shown", "choice")])
            }
            if allows, shown.isEmpty { throw FieldProblems([.init("shown", "empty")]) }
            if shown.count > SurveyCase.longestWords {
                throw FieldProblems([
                    .init(
                        "shown", "surveyWords",
                        [
                            "most": String(SurveyCase.longestWords),
                            "length": String(shown.count),
                        ])
                ])
            }
            try writer.surveys.keep(
                SurveyReadingRow(
                    answer: answer, reader: actor.name, allows: allows,
                    shown: allows ? shown : ""))
            return try writer.note(
                "survey_reading", ["wave", "answer", "allows", "digest"],
                [
                    .integer(id.number), .integer(answer), .integer(allows ? 1 : 0),
                    .text(allows ? FileContents.digest(Array(shown.utf8)) : ""),
                ])
        }
    }
}

extension StoreReader {
    /// How often links were made for a wave.
    fileprivate func sendings(of wave: FactID, in municipality: MunicipalityCode) throws -> Int {
        var count = 0
        try facts(of: municipality, kinds: [.surveySending]) { fact in
            if case .surveySending(let sending) = fact, sending.wave == wave { count += 1 }
        }
        return count
    }
}
