import Chronology
import Identifiers
import Registry
import Storage

/// The citizen's answers after a conversation, given without signing in: whoever has the key
/// of the conversation can answer once (Feedback-modellen).
public struct FeedbackCase: Sendable {
    private let house: House

    /// The days after a conversation in which it can be answered.
    public static let days = 30

    public init(_ house: House) { self.house = house }

    /// The key that leads to the questions about a held conversation: its registration's
    /// number, and what only one who has seen its receipt can know.
    public static func key(of note: RegistrationNote) -> String {
        "\(note.number)-\(FileContents.digest(Array("feedback \(note.hash)".utf8)).prefix(16))"
    }

    /// What a key leads to.
    public enum Question: Hashable, Sendable {
        /// A conversation that can be answered.
        case open(Conversation)
        case answered
        /// More than 30 days ago.
        case closed
    }

    /// Nil for a key of nothing. Tells nothing of the citizen but the conversation's day.
    public func question(
        _ key: String, in municipality: MunicipalityCode
    ) async throws -> Question? {
        let today = house.clock.today()
        return try await house.engine.read {
            try FeedbackCase.question(key, StoreReader($0), municipality, today)
        }
    }

    private static func question(
        _ key: String, _ reader: StoreReader, _ municipality: MunicipalityCode, _ today: Day
    ) throws -> Question? {
        guard let number = key.split(separator: "-").first.flatMap({ Int64($0) }),
            let note = try reader.registration(number, in: municipality),
            case .conversation(let talk) = note.fact, talk.status == .held,
            FeedbackCase.key(of: note) == key
        else { return nil }
        let answers = try reader.registrations(
            about: talk.citizen, of: municipality, kinds: [.feedback])
        for case .feedback(let answer) in answers.map(\.fact)
        where answer.conversation == talk.id { return .answered }
        return talk.day + days < today ? .closed : .open(talk)
    }

    /// Registers the answers, four scales from 0 to 10, and what the citizen wrote beside them,
    /// which is a message that the caseworker answers. Throws `FieldProblems` for a scale outside,
    /// words that are too long, and where the conversation is answered or closed.
    public func answer(
        _ key: String, _ answers: FeedbackAnswers, words: String = "", subject: String = "",
        in municipality: MunicipalityCode
    ) async throws -> Receipt {
        let citizen = Actor(name: "borgeren", role: .citizen, municipality: municipality)
        guard let purpose = Purpose("svar på samtalen") else { throw FieldProblems([]) }
        for (field, value) in answers.all where !(0...10).contains(value) {
            throw FieldProblems([.init(field, "scale")])
        }
        return try await house.writeCase(municipality, citizen, purpose, asking: .answerFeedback) {
            writer in
            let found = try FeedbackCase.question(
                key, writer.reader, municipality, writer.today)
            guard case .open(let talk)? = found else {
                throw FieldProblems([.init("heard", "feedbackClosed")])
            }
            let today = writer.today
            if !words.isEmpty {
                var message = NewMessage(
                    day: today, from: .citizen, to: .municipality, subject: subject, text: words)
                message.conversation = talk.id
                try FieldProblems.requireShort(words, "words", most: MessageCase.longest)
                try writer.send(message, about: talk.citizen)
            }
            return try writer.add(.feedback) { id in
                .feedback(
                    ConversationFeedback(
                        id: id, conversation: talk.id, citizen: talk.citizen, day: today,
                        heard: answers.heard, topics: answers.topics, method: answers.method,
                        overall: answers.overall))
            }.1
        }
    }
}

/// From 0 (not at all) to 10 (quite).
public struct FeedbackAnswers: Hashable, Sendable {
    public var heard: Int
    public var topics: Int
    public var method: Int
    public var overall: Int

    public init(heard: Int, topics: Int, method: Int, overall: Int) {
        self.heard = heard
        self.topics = topics
        self.method = method
        self.overall = overall
    }

    fileprivate var all: [(String, Int)] {
        [("heard", heard), ("topics", topics), ("method", method), ("overall", overall)]
    }
}
