import Chronology
import Identifiers
import Law
import Registry
import Storage

/// Registering what is done for a citizen, checked against the law before it is kept.
public struct EffortCase: Sendable {
    private let house: House

    public init(_ house: House) { self.house = house }

    /// Every kind of effort; everybody may read what there is.
    public func catalogue() async throws -> EffortCatalogue { try await house.law.efforts() }

    /// Workplaces to propose for what has been typed of a name or a number.
    public func workplaces(
        named text: String, in municipality: MunicipalityCode
    ) async throws -> [(name: String, number: ProductionUnitNumber)] {
        try await house.engine.read {
            try StoreReader($0).workplaces(named: text, of: municipality, limit: 10)
        }
    }

    /// What the law says of an effort, without keeping anything of it.
    public func check(
        _ effort: NewEffort, for citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor
    ) async throws -> [EffortCheck] {
        try Policy.require(.registerFact, by: actor, in: municipality)
        let statutes = try await house.law.statutes()
        let kind = try await kind(effort)
        return try await house.engine.read { connection in
            try EffortChecking(
                effort, kind, citizen, StoreReader(connection), municipality, statutes.limits
            ).checks()
        }
    }

    /// Registers an effort with its hours, with the offer and the job that figures count,
    /// and with a line of the plan. Throws `EffortRefusal` where the law does not allow it
    /// and `FieldProblems` where something is missing; nothing is stored then.
    public func register(
        _ effort: NewEffort, for citizen: CitizenID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let statutes = try await house.law.statutes()
        let kind = try await kind(effort)
        return try await house.writeCase(municipality, actor, purpose) { writer in
            let checks = try EffortChecking(
                effort, kind, citizen, writer.reader, municipality, statutes.limits
            ).checks()
            if checks.contains(where: { $0.answer.verdict == .no }) {
                throw EffortRefusal(checks: checks)
            }
            try writer.requireResident(citizen, on: effort.starts, "starts")
            return try EffortCase.write(effort, kind, citizen, &writer)
        }
    }

    /// Ends an effort on a day, with the offer and the job registered with it. Throws
    /// `FieldProblems` where it had ended already or had not begun.
    public func end(
        _ id: FactID, of citizen: CitizenID, on day: Day, _ outcome: EffortOutcome, note: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose) { writer in
            let standing = try writer.reader.registrations(
                about: citizen, of: municipality,
                kinds: [.effort, .effortHours, .offer, .employment]
            ).map(\.fact)
            var found: Effort?
            for case .effort(let effort) in standing where effort.id == id { found = effort }
            guard var effort = found, effort.outcome == nil else {
                throw FieldProblems([.init("effort", "effortEnded")])
            }
            if day < effort.start { throw FieldProblems([.init("day", "endsBefore")]) }
            effort.end = day
            effort.outcome = outcome
            if !note.isEmpty { effort.goal += "\n" + note }
            let receipt = try writer.set(.effort(effort))
            for fact in standing {
                switch fact {
                case .offer(var offer) where offer.id == effort.offer:
                    offer.end = day
                    _ = try writer.set(.offer(offer))
                case .employment(var job) where job.id == effort.employment:
                    job.end = day
                    _ = try writer.set(.employment(job))
                case .effortHours(var hours) where hours.effort == id:
                    if hours.start > day {
                        try writer.withdraw(.effortHours, hours.id, citizen)
                    } else if hours.end ?? .openEnd > day {
                        hours.end = day
                        _ = try writer.set(.effortHours(hours))
                    }
                default: continue
                }
            }
            return receipt
        }
    }

    private func kind(_ effort: NewEffort) async throws -> EffortKind {
        guard let kind = try await house.law.efforts()[effort.measure] else {
            throw FieldProblems([.init("measure", "choice")])
        }
        try EffortCase.complete(effort, kind)
        return kind
    }

    /// Throws what is missing or out of order.
    private static func complete(_ effort: NewEffort, _ kind: EffortKind) throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if !kind.isOpen(on: effort.starts) { problems.append(.init("measure", "effortClosed")) }
        if let ends = effort.ends {
            if ends < effort.starts { problems.append(.init("ends", "endsBefore")) }
        } else if kind.offer != nil {
            problems.append(.init("ends", "offerEnds"))
        }
        if kind.place == .employer, effort.unit == nil {
            problems.append(.init("unit", "workplace"))
        }
        if kind.hours == .required, effort.hours.isEmpty {
            problems.append(.init("hours1", "hoursMissing"))
        }
        for index in effort.hours.indices.dropFirst()
        where effort.hours[index].from <= effort.hours[index - 1].from {
            problems.append(.init("from\(index + 1)", "hoursOrder"))
        }
        if let ends = effort.ends {
            for index in effort.hours.indices where effort.hours[index].from > ends {
                problems.append(.init("from\(index + 1)", "afterEnd"))
            }
        }
        if effort.goal.isEmpty { problems.append(.init("goal", "empty")) }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }

    private static func write(
        _ effort: NewEffort, _ kind: EffortKind, _ citizen: CitizenID, _ writer: inout CaseWriter
    ) throws -> Receipt {
        let weekly = effort.hours.first?.weekly ?? .full
        let offer = try kind.offer.map { offer in
            try writer.add(.offer) { id in
                .offer(
                    Offer(
                        id: id, citizen: citizen, kind: offer, start: effort.starts,
                        end: effort.ends, weekly: weekly, unit: effort.unit))
            }.0
        }
        let job = try kind.employment.map { job in
            try writer.add(.employment) { id in
                .employment(
                    Employment(
                        id: id, citizen: citizen, kind: job, start: effort.starts,
                        end: effort.ends, weekly: weekly, unit: effort.unit))
            }.0
        }
        let today = writer.today
        let (id, receipt) = try writer.add(.effort) { id in
            .effort(
                Effort(
                    id: id, citizen: citizen, measure: kind.id, goal: effort.goal, offer: offer,
                    employment: job, unit: effort.unit, contact: effort.contact,
                    start: effort.starts, end: effort.ends,
                    followUp: effort.followUp ?? effort.starts + 7 * kind.followUpWeeks))
        }
        for (index, part) in effort.hours.enumerated() {
            let next = effort.hours.indices.contains(index + 1) ? effort.hours[index + 1] : nil
            _ = try writer.add(.effortHours) { row in
                .effortHours(
                    EffortHours(
                        id: row, effort: id, citizen: citizen, weekly: part.weekly,
                        start: part.from, end: next.map { $0.from - 1 } ?? effort.ends))
            }
        }
        _ = try writer.add(.planItem) { item in
            .planItem(
                PlanItem(
                    id: item, citizen: citizen, part: kind.offer == nil ? .other : .offer,
                    text: effort.planText, author: .caseworker,
                    stance: effort.isAgreed ? .agreed : .proposed,
                    stanceBy: effort.isAgreed ? .citizen : .caseworker, stanceOn: today,
                    added: today, due: effort.ends))
        }
        return receipt
    }
}

/// An effort as it is told.
public struct NewEffort: Hashable, Sendable {
    /// Hours a week from a day on.
    public struct Hours: Hashable, Sendable {
        public var from: Day
        public var weekly: WeeklyTime
        public init(from: Day, weekly: WeeklyTime) {
            self.from = from
            self.weekly = weekly
        }
    }

    public var measure: String
    public var starts: Day
    public var ends: Day?
    /// In the order of their days; the hours rise or fall from one to the next.
    public var hours: [Hours] = []
    public var unit: ProductionUnitNumber?
    public var contact = ""
    public var goal = ""
    /// What the plan says of it, in the citizen's language.
    public var planText = ""
    public var followUp: Day?
    public var isAgreed = true
    /// An assessment has found that more time is needed.
    public var isExtended = false
    /// It tests whether the citizen is available for work.
    public var isTest = false
    public var isSingleParent = false

    public init(measure: String, starts: Day, ends: Day?) {
        self.measure = measure
        self.starts = starts
        self.ends = ends
    }
}

/// What the law says of one side of an effort.
public struct EffortCheck: Hashable, Sendable {
    public enum Subject: String, Sendable { case offer, ratio, netEmployment }
    public var subject: Subject
    public var answer: Answer
}

/// The law does not allow the effort as it is told. Nothing was stored.
public struct EffortRefusal: Error, Hashable, Sendable {
    public var checks: [EffortCheck]
}
