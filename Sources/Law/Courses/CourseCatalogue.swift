import Chronology
import Parameters
import Registry

/// The steps of one group's way from first contact to outcome (guidet forløb).
public struct Course: Hashable, Sendable {
    public var id: String
    public var name: Localized
    public var what: Localized
    /// Whom it is for: those of whom one of these holds.
    public var conditions: [CourseCondition]
    public var steps: [CourseStep]
}

/// All that is asked must hold of the citizen on the day; what is not asked is nil or empty.
public struct CourseCondition: Hashable, Sendable {
    public var groups: Set<TargetGroup>
    public var benefits: Set<Benefit>
    public var categories: Set<MatchCategory>
    public var ageFrom: Int?
    public var ageUnder: Int?
    /// One of these efforts goes on, one of these records stands.
    public var efforts: Set<String>
    public var records: Set<String>
}

public struct CourseStep: Hashable, Sendable {
    public var id: String
    public var name: Localized
    public var what: Localized
    /// Act and paragraph; `-` where no act rules it.
    public var law: String
    public var confidence: RuleConfidence
    /// The days on which it is a step.
    public var from: Day?
    public var until: Day?
    /// Any of these, registered in the course, is the step done.
    public var done: CourseMark
    /// The duties whose deadlines belong to it.
    public var duties: [String]
    /// It is not for everybody.
    public var isOptional: Bool
}

/// What shows that a step was done.
public struct CourseMark: Hashable, Sendable {
    public var acts: [ActKind]
    public var conversations: [ConversationKind]
    public var records: [String]
    public var efforts: [String]
    public var planParts: [PlanPart]
    public var decisions: [DecisionKind]
    public var isPartialReturn: Bool
    /// A decision that was sent and rests on one of these questions of the law.
    public var rules: [String]
}

/// Every course, read from `Resources/courses`.
public struct CourseCatalogue: Sendable {
    public let courses: [Course]

    public subscript(id: String) -> Course? { courses.first { $0.id == id } }

    public init(courses: [Course] = []) { self.courses = courses }

    /// The catalogue that ships with the program.
    public static func bundled() throws(FileProblems) -> CourseCatalogue {
        let known = References(
            records: Set(try RecordCatalogue.bundled().kinds.map(\.id)),
            efforts: Set(try EffortCatalogue.bundled().kinds.map(\.id)),
            duties: Set(try RuleBook.bundled().duties.map(\.id)),
            rules: Set(try EntitlementBook.bundled().entitlements.map(\.id)))
        var courses: [Course] = []
        for file in try LawFiles.bundled("courses") {
            courses += try CourseCatalogue(file.text, file: file.name, known: known).courses
        }
        return CourseCatalogue(courses: courses)
    }

    /// The ids that a course can name.
    struct References {
        var records: Set<String>
        var efforts: Set<String>
        var duties: Set<String>
        var rules: Set<String>
    }

    /// Reads a file. Throws every problem at once: an id that stands twice or names nothing,
    /// a step that nothing can show done.
    init(_ yaml: String, file: String, known: References) throws(FileProblems) {
        var problems = FileProblemList(file: file)
        var courses: [Course] = []
        if let root = problems.document(yaml, CourseGrammar.file) {
            for place in root["courses"].items {
                let course = Course(place)
                if courses.contains(where: { $0.id == course.id }) {
                    problems.add(.duplicateId, at: place["id"])
                }
                for condition in place["for"].items {
                    problems.check(condition["records"], in: known.records, "records")
                    problems.check(condition["efforts"], in: known.efforts, "efforts")
                }
                for (index, step) in place["steps"].items.enumerated() {
                    if course.steps[..<index].contains(where: { $0.id == course.steps[index].id }) {
                        problems.add(.duplicateId, at: step["id"])
                    }
                    let done = step["done"]
                    problems.check(done["records"], in: known.records, "records")
                    problems.check(done["efforts"], in: known.efforts, "efforts")
                    problems.check(done["rules"], in: known.rules, "entitlements")
                    problems.check(step["duties"], in: known.duties, "duties")
                    if course.steps[index].done.isEmpty {
                        problems.add(.incompleteField, at: done)
                    }
                }
                courses.append(course)
            }
        }
        guard problems.all.isEmpty else { throw problems.thrown() }
        self.courses = courses
    }
}

extension FileProblemList {
    fileprivate mutating func check(
        _ list: DocumentPlace, in known: Set<String>, _ section: String
    ) {
        for place in list.items where !known.contains(place.string) {
            let near = ScalarForms.nearest(to: place.string, among: known.sorted())
            add(.unknownReference, at: place, ["section": section, "accepted": near ?? ""])
        }
    }
}

extension CourseMark {
    var isEmpty: Bool {
        acts.isEmpty && conversations.isEmpty && records.isEmpty && efforts.isEmpty
            && planParts.isEmpty && decisions.isEmpty && !isPartialReturn && rules.isEmpty
    }
}

extension Course {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            id: place["id"].string, name: place["name"].localized, what: place["what"].localized,
            conditions: place["for"].items.map { CourseCondition($0) },
            steps: place["steps"].items.map { CourseStep($0) })
    }
}

extension CourseCondition {
    fileprivate init(_ place: DocumentPlace) {
        self.init(
            groups: Set(place["groups"].words(TargetGroup.self)),
            benefits: Set(place["benefits"].words(Benefit.self)),
            categories: Set(place["categories"].words(MatchCategory.self)),
            ageFrom: place["ageFrom"].integer, ageUnder: place["ageUnder"].integer,
            efforts: Set(place["efforts"].items.map(\.string)),
            records: Set(place["records"].items.map(\.string)))
    }
}

extension CourseStep {
    fileprivate init(_ place: DocumentPlace) {
        let done = place["done"]
        self.init(
            id: place["id"].string, name: place["name"].localized, what: place["what"].localized,
            law: place["law"].string,
            confidence: RuleConfidence(rawValue: place["confidence"].string) ?? .uncertain,
            from: place["from"].day, until: place["until"].day,
            done: CourseMark(
                acts: done["acts"].words(ActKind.self),
                conversations: done["conversations"].words(ConversationKind.self),
                records: done["records"].items.map(\.string),
                efforts: done["efforts"].items.map(\.string),
                planParts: done["planParts"].words(PlanPart.self),
                decisions: done["decisions"].words(DecisionKind.self),
                isPartialReturn: done["partialReturn"].string == "true",
                rules: done["rules"].items.map(\.string)),
            duties: place["duties"].items.map(\.string),
            isOptional: place["optional"].string == "true")
    }
}

/// The language of files of courses, version 1.
enum CourseGrammar {
    static let file = ValueRule.object([
        .needs("format", .integer(1...1)), .needs("courses", .list(course)),
    ])

    private static let course = ValueRule.object([
        .needs("id", .identifier), .needs("name", .localized), .needs("what", .localized),
        .needs("for", .list(condition)), .needs("steps", .list(step)),
    ])

    private static let condition = ValueRule.object([
        .may("groups", .list(.words(TargetGroup.self))),
        .may("benefits", .list(.words(Benefit.self))),
        .may("categories", .list(.words(MatchCategory.self))),
        .may("ageFrom", .integer(0...120)), .may("ageUnder", .integer(0...120)),
        .may("efforts", .list(.reference)), .may("records", .list(.reference)),
    ])

    private static let step = ValueRule.object([
        .needs("id", .identifier), .needs("name", .localized), .needs("what", .localized),
        .needs("law", .text), .needs("confidence", .words(RuleConfidence.self)),
        .may("from", .day), .may("until", .day),
        .needs(
            "done",
            .object([
                .may("acts", .list(.words(ActKind.self))),
                .may("conversations", .list(.words(ConversationKind.self))),
                .may("records", .list(.reference)), .may("efforts", .list(.reference)),
                .may("planParts", .list(.words(PlanPart.self))),
                .may("decisions", .list(.words(DecisionKind.self))),
                .may("partialReturn", .word(["true"])), .may("rules", .list(.reference)),
            ])),
        .may("duties", .list(.reference)), .may("optional", .word(["true", "false"])),
    ])
}
