import Chronology
import Identifiers
import Registry
import Storage

extension OrderCase {
    /// Registers what happened to an order alone. Closing takes a reason of
    /// ``OrderReason/closing``. Throws `FieldProblems` where the order is not in a state for it.
    public func register(
        _ kind: OrderEventKind, reason: OrderReason? = nil, text: String = "", on order: FactID,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            try writer.add(
                OrderEvent(
                    id: FactID(0), order: order, kind: kind, day: writer.today, reason: reason,
                    text: text), on: try writer.summary(order))
        }
    }

    /// Refers citizens to an order (formidling): all of them, or none. Throws `FieldProblems`
    /// where the order is closed, somebody has said no, or stands there already.
    public func refer(
        _ citizens: [CitizenID], to order: FactID, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let standing = try writer.summary(order)
            var last: Receipt?
            for citizen in citizens {
                last = try writer.refer(citizen, to: standing)
            }
            guard let last else { throw FieldProblems([.init("citizen", "nobodyChosen")]) }
            return last
        }
    }

    /// Registers what happened between a citizen and an order: the citizen wants it or does
    /// not, was at an interview, or got no from the company, which takes a reason of
    /// ``OrderReason/rejecting``.
    public func register(
        _ kind: OrderEventKind, of citizen: CitizenID, on order: FactID, day: Day,
        reason: OrderReason? = nil, text: String = "", in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose, asking request: Request = .registerCompany
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: request) {
            writer in
            try writer.add(
                OrderEvent(
                    id: FactID(0), order: order, citizen: citizen, kind: kind, day: day,
                    reason: reason, text: text), of: citizen, on: try writer.summary(order))
        }
    }

    /// Registers that a referred citizen got the job. When the last position is filled the
    /// order is closed as filled. Throws `FieldProblems` where the citizen was not referred or
    /// no position is left.
    public func hire(
        _ citizen: CitizenID, on order: FactID, from day: Day, terms: EmploymentKind,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            try writer.hireReferred(citizen, on: try writer.summary(order), from: day, terms)
        }
    }
}

extension CandidateStand {
    /// The company can say yes or no.
    public var isAnswered: Bool { [.referred, .invited, .interviewed].contains(self) }
}

extension CaseWriter {
    /// Registers that one who was referred got the job. Throws `FieldProblems` where the citizen
    /// was not referred or no position is left.
    mutating func hireReferred(
        _ citizen: CitizenID, on standing: OrderSummary, from day: Day, _ terms: EmploymentKind
    ) throws -> Receipt {
        if !standing.isOpen { throw FieldProblems([.init("citizen", "orderClosed")]) }
        if standing.vacant == 0 { throw FieldProblems([.init("citizen", "allHired")]) }
        switch standing.stand(of: citizen) {
        case .referred, .invited, .interviewed, .rejected: break
        case .hired: throw FieldProblems([.init("citizen", "doneAlready")])
        default: throw FieldProblems([.init("citizen", "notReferred")])
        }
        if day < standing.order.created {
            throw FieldProblems([
                .init("day", "beforeStart", ["day": standing.order.created.danish])
            ])
        }
        return try hire(citizen, on: standing, from: day, terms)
    }

    /// Registers a hire; the last position closes the order.
    mutating func hire(
        _ citizen: CitizenID, on standing: OrderSummary, from day: Day, _ terms: EmploymentKind
    ) throws -> Receipt {
        let order = standing.order.id
        let receipt = try add(.placement) { id in
            .placement(Placement(id: id, order: order, citizen: citizen, day: day, terms: terms))
        }.1
        if standing.vacant == 1 {
            _ = try add(
                OrderEvent(
                    id: FactID(0), order: order, kind: .closed, day: today, reason: .filled))
        }
        return receipt
    }

    /// Registers what happened to an order alone. Throws `FieldProblems` where the order is not
    /// in a state for it.
    mutating func add(_ event: OrderEvent, on standing: OrderSummary) throws -> Receipt {
        switch event.kind {
        case .reopened where standing.isOpen:
            throw FieldProblems([.init("kind", "orderOpen")])
        case .clarified, .shared, .answered, .closed:
            if !standing.isOpen { throw FieldProblems([.init("kind", "orderClosed")]) }
        default: break
        }
        if event.kind == .closed, !OrderReason.closing.contains(where: { $0 == event.reason }) {
            throw FieldProblems([.init("reason", "choice")])
        }
        if [.clarified, .shared, .answered].contains(event.kind), standing.has(event.kind) {
            throw FieldProblems([.init("kind", "doneAlready")])
        }
        return try add(event)
    }

    /// Registers what happened between a citizen and an order. Throws `FieldProblems`.
    mutating func add(
        _ event: OrderEvent, of citizen: CitizenID, on standing: OrderSummary
    ) throws -> Receipt {
        guard event.kind.isAboutCitizen else { throw FieldProblems([.init("kind", "choice")]) }
        if !standing.isOpen { throw FieldProblems([.init("citizen", "orderClosed")]) }
        if event.day > today { throw FieldProblems([.init("day", "actInFuture")]) }
        try requireResident(citizen, on: event.day, "citizen")
        let isAnswered = standing.stand(of: citizen)?.isAnswered ?? false
        if [.invited, .interviewed, .rejected].contains(event.kind), !isAnswered {
            throw FieldProblems([.init("citizen", "notReferred")])
        }
        if event.kind == .rejected, !OrderReason.rejecting.contains(where: { $0 == event.reason }) {
            throw FieldProblems([.init("reason", "choice")])
        }
        return try add(event)
    }

    /// Registers an event with a number of its own.
    mutating func add(_ event: OrderEvent) throws -> Receipt {
        try add(.orderEvent) { id in
            var event = event
            event.id = id
            return .orderEvent(event)
        }.1
    }

    /// Refers a citizen to an open order. Throws `FieldProblems`.
    mutating func refer(
        _ citizen: CitizenID, to order: OrderSummary
    ) throws -> Receipt {
        if !order.isOpen { throw FieldProblems([.init("citizen", "orderClosed")]) }
        try requireResident(citizen, on: today, "citizen")
        switch order.stand(of: citizen) {
        case nil, .volunteered: break
        case .declined: throw FieldProblems([.init("citizen", "citizenDeclined")])
        default: throw FieldProblems([.init("citizen", "referredAlready")])
        }
        let today = today
        return try add(.referral) { id in
            .referral(Referral(id: id, order: order.order.id, citizen: citizen, day: today))
        }.1
    }
}
