import Chronology
import Parameters
import Registry

/// What is asked about each case of a sample (tjekliste i ledelsestilsynet).
public struct Checklist: Hashable, Sendable {
    public var id: String
    public var name: Localized
    public var what: Localized
    /// What it is drawn among.
    public var kind: AuditedKind
    /// The days on which this version is used.
    public var from: Day
    public var until: Day?
    public var questions: [ChecklistQuestion]

    public func holds(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}

public struct ChecklistQuestion: Hashable, Sendable {
    /// Stays the same from version to version while it asks the same.
    public var id: String
    public var text: Localized
    /// What it takes to say that it is met.
    public var met: Localized
    /// Act and paragraph; `-` where no act rules it.
    public var law: String
    public var confidence: RuleConfidence
    /// How the register answers it by itself; nil where a person has to read.
    public var probe: ChecklistProbe?
}

/// What the register can answer by itself.
public enum ChecklistProbe: String, CaseIterable, Sendable {
    // Of a decision.
    case ruleNamed, factsWritten, reasonsWritten, partyHeard, sentInWriting
    // Of a conversation.
    case noteKept, planAgreed, nextAgreed
    // Of sick leave.
    case talkWithinEightWeeks, fourTalksInHalfYear, partialReturnTried
}

/// Every checklist, read from `Resources/checklists`.
public struct ChecklistCatalogue: Sendable {
    public let checklists: [Checklist]

    public init(checklists: [Checklist] = []) { self.checklists = checklists }

    public subscript(id: String, version: Day) -> Checklist? {
        checklists.first { $0.id == id && $0.from == version }
    }

    /// Those that are used on a day.
    public func used(on day: Day) -> [Checklist] { checklists.filter { $0.holds(on: day) } }

    /// The catalogue that ships with the program.
    public static func bundled() throws(FileProblems) -> ChecklistCatalogue {
        var all: [Checklist] = []
        for file in try LawFiles.bundled("checklists") {
            all += try ChecklistCatalogue(file.text, file: file.name).checklists
        }
        return ChecklistCatalogue(checklists: all)
    }

    /// Reads a file. Throws every problem at once: a version or question that stands twice, a
    /// version that ends before it begins.
    public init(_ yaml: String, file: String) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        var checklists: [Checklist] = []
        if let root = problems.document(yaml, ChecklistGrammar.file) {
            for place in root["checklists"].items {
                guard let list = Checklist(place) else {
                    problems.add(.incompleteField, at: place)
                    continue
                }
                if checklists.contains(where: { $0.id == list.id && $0.from == list.from }) {
                    problems.add(.duplicateId, at: place["id"])
                }
                if let until = list.until, until < list.from {
                    problems.add(.incompleteField, at: place["until"])
                }
                for (index, question) in place["questions"].items.enumerated()
                where list.questions[..<index].contains(where: {
                    $0.id == list.questions[index].id
                }) {
                    problems.add(.duplicateId, at: question["id"])
                }
                checklists.append(list)
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
        self.checklists = checklists
    }
}

extension Checklist {
    fileprivate init?(_ place: DocumentPlace) {
        guard let kind = AuditedKind(rawValue: place["kind"].string), let from = place["from"].day
        else { return nil }
        self.init(
            id: place["id"].string, name: place["name"].localized, what: place["what"].localized,
            kind: kind, from: from, until: place["until"].day,
            questions: place["questions"].items.map { ChecklistQuestion($0) })
    }
}

extension ChecklistQuestion {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            id: place["id"].string, text: place["text"].localized, met: place["met"].localized,
            law: place["law"].string,
            confidence: RuleConfidence(rawValue: place["confidence"].string) ?? .uncertain,
            probe: ChecklistProbe(rawValue: place["probe"].string))
    }
}

/// The language of files of checklists, version 1.
enum ChecklistGrammar {
    static let file = ValueRule.object([
        .needs("format", .integer(1...1)), .needs("checklists", .list(checklist)),
    ])

    private static let checklist = ValueRule.object([
        .needs("id", .identifier), .needs("name", .localized), .needs("what", .localized),
        .needs("kind", .words(AuditedKind.self)), .needs("from", .day), .may("until", .day),
        .needs("questions", .list(question)),
    ])

    private static let question = ValueRule.object([
        .needs("id", .identifier), .needs("text", .localized), .needs("met", .localized),
        .needs("law", .text), .needs("confidence", .words(RuleConfidence.self)),
        .may("probe", .words(ChecklistProbe.self)),
    ])
}
