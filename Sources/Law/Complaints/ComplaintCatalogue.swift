import Chronology
import Parameters

/// What the municipality promises those who complain, and the faults it can learn from
/// (klagekataloget). The clock of the reassessment is the law's and stands with its rules.
public struct ComplaintCatalogue: Sendable {
    /// Something that can have gone wrong (fejl).
    public struct Fault: Hashable, Sendable {
        /// Form: how the case was handled. Substance: what was decided. Conduct: how somebody
        /// was met, or how long it took.
        public enum Kind: String, CaseIterable, Sendable { case form, substance, conduct }

        public var id: String
        public var kind: Kind
        public var name: Localized
        /// Act and paragraph; `-` where none rules it.
        public var law: String
    }

    /// Working days until the citizen is told that the complaint is here: our own promise.
    public let acknowledgeWorkingDays: Int
    /// Weeks until a complaint that is not about a decision is answered: our own promise.
    public let answerWeeks: Int
    /// Working days until a complaint that was not met wholly is forwarded: our own promise.
    public let forwardWorkingDays: Int
    public let faults: [Fault]

    public func fault(_ id: String) -> Fault? { faults.first { $0.id == id } }

    /// The catalogue that ships with the program.
    public static func bundled() throws(FileProblems) -> ComplaintCatalogue {
        guard let file = try LawFiles.bundled("complaints").first else {
            var problems = FileProblemList(file: "complaints")
            problems.add(.unreadable, mark: nil, found: "")
            throw problems.thrown()
        }
        return try ComplaintCatalogue(file.text, file: file.name)
    }

    /// Reads a file. Throws every problem at once: an id that stands twice is one.
    public init(_ yaml: String, file: String) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        let root = problems.document(yaml, Self.grammar)
        acknowledgeWorkingDays = root?["promises"]["acknowledgeWorkingDays"].integer ?? 0
        answerWeeks = root?["promises"]["answerWeeks"].integer ?? 0
        forwardWorkingDays = root?["promises"]["forwardWorkingDays"].integer ?? 0
        var faults: [Fault] = []
        for place in root?["faults"].items ?? [] {
            let fault = Fault(
                id: place["id"].string,
                kind: Fault.Kind(rawValue: place["kind"].string) ?? .form,
                name: place["name"].localized, law: place["law"].string)
            if faults.contains(where: { $0.id == fault.id }) {
                problems.add(.duplicateId, at: place["id"])
            }
            faults.append(fault)
        }
        self.faults = faults
        guard problems.all.isEmpty else { throw problems.thrown() }
    }

    private static let grammar = ValueRule.object([
        .needs("format", .integer(1...1)),
        .needs(
            "promises",
            .object([
                .needs("acknowledgeWorkingDays", .integer(1...20)),
                .needs("answerWeeks", .integer(1...26)),
                .needs("forwardWorkingDays", .integer(1...20)),
            ])),
        .needs(
            "faults",
            .list(
                .object([
                    .needs("id", .identifier), .needs("kind", .words(Fault.Kind.self)),
                    .needs("name", .localized), .needs("law", .text),
                ]))),
    ])
}
