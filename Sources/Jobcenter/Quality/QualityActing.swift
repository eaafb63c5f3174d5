import Chronology
import Identifiers
import Registry
import Storage

// The plan of action, the training of staff, and what is put to the councils.
extension QualityCase {
    /// Registers an action, or changes the one with the number. Throws `FieldProblems` for an
    /// owner who does not work here and for days that cannot be; `EditConflict` where another
    /// was faster.
    public func act(
        _ action: QualityAction, changing version: Int64? = nil,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .manageQuality) { writer in
            var checks = TextChecks()
            checks.check(action.text, "text", most: Self.longestRemark)
            checks.check(action.result, "result", isOptional: action.done == nil)
            if let done = action.done {
                if done > writer.today { checks.add("done", "actInFuture") }
                if done < action.added { checks.add("done", "qualityBefore") }
            } else if !action.result.isEmpty {
                checks.add("done", "day")
            }
            if action.due < action.added { checks.add("due", "qualityBefore") }
            let staff = try writer.reader.staff(of: municipality, on: writer.today)
            if version == nil, !staff.contains(where: { $0.id == action.owner }) {
                checks.add("owner", "choice")
            }
            if let audit = action.audit,
                try writer.reader.registration(.caseAudit, audit, of: municipality) == nil
            {
                checks.add("audit", "choice")
            }
            try checks.end()
            return try writer.save(.qualityAction, action.id, version) { id in
                var action = action
                action.id = id
                return .qualityAction(action)
            }
        }
    }

    /// Registers a course with those who took part, or changes the one with the number. Only
    /// who may read the names can.
    public func train(
        _ course: TrainingCourse, changing version: Int64? = nil,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .logTraining) { writer in
            var checks = TextChecks()
            checks.check(course.title, "title", most: Self.longestTitle)
            checks.check(course.evaluation, "evaluation", isOptional: true)
            if course.day > writer.today { checks.add("day", "actInFuture") }
            if !(15...(100 * 60)).contains(course.minutes) { checks.add("hours", "trainingHours") }
            let employed = Set(
                try writer.reader.staff(of: municipality, on: course.day).map(\.id))
            if course.participants.all.isEmpty {
                checks.add("participants", "trainingNobody")
            } else if !employed.isSuperset(of: course.participants.all) {
                checks.add("participants", "trainingNotEmployed")
            }
            try checks.end()
            return try writer.save(.trainingCourse, course.id, version) { id in
                var course = course
                course.id = id
                return .trainingCourse(course)
            }
        }
    }

    /// Puts a matter to a council, or registers what it answered and what came of it.
    public func ask(
        _ matter: CouncilMatter, changing version: Int64? = nil,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .manageQuality) { writer in
            var checks = TextChecks()
            checks.check(matter.title, "title", most: Self.longestTitle)
            checks.check(matter.text, "text")
            if matter.asked > writer.today { checks.add("asked", "actInFuture") }
            if matter.due < matter.asked { checks.add("due", "qualityBefore") }
            checks.pair(
                matter.answer, "answer", matter.answered, "answered", from: matter.asked,
                to: writer.today)
            checks.pair(
                matter.changed, "changed", matter.changedOn, "changedOn", from: matter.asked,
                to: writer.today)
            if matter.changedOn != nil, matter.answered == nil {
                checks.add("answer", "empty")
            }
            try checks.end()
            return try writer.save(.councilMatter, matter.id, version) { id in
                var matter = matter
                matter.id = id
                return .councilMatter(matter)
            }
        }
    }

    /// The registration that a form about a fact is opened on. Nil where there is none.
    public func standing(
        _ kind: FactKind, _ id: FactID, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> RegistrationNote? {
        try Policy.require(.manageQuality, by: actor, in: municipality)
        return try await house.engine.read {
            try StoreReader($0).registration(kind, id, of: municipality)
        }
    }
}

extension TextChecks {
    /// A text and its day: both, or neither; the day not before `first` and not after `last`.
    mutating func pair(
        _ text: String, _ textField: String, _ day: Day?, _ dayField: String, from first: Day,
        to last: Day
    ) {
        check(text, textField, isOptional: day == nil)
        if day == nil, !text.isEmpty { add(dayField, "day") }
        guard let day else { return }
        if day > last { add(dayField, "actInFuture") }
        if day < first { add(dayField, "qualityBefore") }
    }
}

extension CaseWriter {
    /// A new fact once, or a change of the one that stood as the registration numbered
    /// `version`.
    mutating func save(
        _ kind: FactKind, _ id: FactID, _ version: Int64?, _ fact: (FactID) -> Fact
    ) throws -> (FactID, Receipt) {
        guard let version else {
            let (id, receipt, _) = try addOnce(kind, fact)
            return (id, receipt)
        }
        guard try reader.registration(kind, id, of: municipality) != nil else {
            throw FieldProblems([.init("id", "choice")])
        }
        return (id, try change(fact(id), expected: version))
    }
}
