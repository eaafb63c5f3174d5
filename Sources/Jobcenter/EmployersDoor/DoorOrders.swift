import Chronology
import Exchange
import Identifiers
import Registry
import Storage

/// What a company answers about one who was referred to it.
public enum DoorAnswer: Hashable, Sendable {
    /// An interview: when and where, as it is told to the citizen.
    case invite(String)
    /// With a reason of ``OrderReason/rejecting``.
    case no(OrderReason, words: String)
    case hire(from: Day, EmploymentKind)
}

/// What the citizen is told when the company has answered.
public struct DoorNotice: Hashable, Sendable {
    public var subject: String
    public var text: String

    public init(subject: String, text: String) {
        self.subject = subject
        self.text = text
    }
}

/// One order as its company sees it.
public struct DoorOrder: Sendable {
    public var summary: OrderSummary
    public var workplace: WorkplaceEntry?
    /// Those who were referred, in that order.
    public var candidates: [DoorCandidate]
    /// The company has said how it went.
    public var isSaid = false
    /// Everything registered about it, the earliest first.
    public var registrations: [RegistrationNote]
}

/// Somebody who was referred to an order: what the company may know.
public struct DoorCandidate: Sendable {
    /// The referral's number, by which the company answers; the citizen's is not told.
    public var referral: FactID
    public var name: String
    public var stand: CandidateStand
    /// Skills and hours; nil where no profile stands.
    public var profile: JobProfile?
    /// What the citizen has written about work and education; nil where there is none.
    public var cv: Resume?
    /// When and where the citizen is invited.
    public var invitation: String?
}

extension DoorCase {
    /// Registers an order as the company has written it.
    public func register(
        _ order: NewOrder, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> (FactID, Receipt) {
        try await write(municipality, actor) { writer, company in
            try writer.requireOwn(order.unit, company)
            var order = order
            order.form = .online
            return try writer.add(order)
        }
    }

    /// Corrects an open order of the company's. Who has it at the jobcenter, and by when it was
    /// promised an answer, stays.
    public func correct(
        _ id: FactID, _ order: NewOrder, in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, company in
            let standing = try writer.order(id, of: company)
            try writer.requireOwn(order.unit, company)
            var order = order
            if let before = standing.description {
                order.description.answerBy = max(before.answerBy, writer.today)
                order.description.staff = before.staff
            }
            return try writer.correct(standing, order)
        }
    }

    /// Closes an order of the company's, with a reason of ``OrderReason/closing``. Everybody who
    /// waits for an answer gets `notice` in the same transaction.
    public func close(
        _ id: FactID, _ reason: OrderReason, words: String, telling notice: DoorNotice,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, company in
            let standing = try writer.order(id, of: company)
            let receipt = try writer.add(
                OrderEvent(
                    id: FactID(0), order: id, kind: .closed, day: writer.today, reason: reason,
                    text: words), on: standing)
            for citizen in standing.candidates
            where standing.stand(of: citizen)?.isAnswered ?? false {
                try writer.tell(citizen, notice)
            }
            return receipt
        }
    }

    /// Answers about the one with the referral's number, who gets `notice` in the same
    /// transaction.
    public func answer(
        _ answer: DoorAnswer, about referral: FactID, on id: FactID, telling notice: DoorNotice,
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> Receipt {
        try await write(municipality, actor) { writer, company in
            let standing = try writer.order(id, of: company)
            guard let citizen = standing.referrals.first(where: { $0.id == referral })?.citizen
            else { throw FieldProblems([.init("id", "choice")]) }
            var event = OrderEvent(
                id: FactID(0), order: id, citizen: citizen, kind: .invited, day: writer.today)
            let receipt: Receipt
            switch answer {
            case .invite(let text):
                event.text = text
                receipt = try writer.add(event, of: citizen, on: standing)
            case .no(let reason, let words):
                (event.kind, event.reason, event.text) = (.rejected, reason, words)
                receipt = try writer.add(event, of: citizen, on: standing)
            case .hire(let day, let terms):
                receipt = try writer.hireReferred(citizen, on: standing, from: day, terms)
            }
            try writer.tell(citizen, notice)
            return receipt
        }
    }

    /// One order of the company's; the look at those who were referred is entered in the
    /// look-up log. Nil for another's.
    public func order(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> DoorOrder? {
        let company = try Self.company(actor, in: municipality)
        let book = try await house.orders.book(of: municipality)
        guard let summary = book[id] else { return nil }
        let today = house.clock.today()
        let referred = summary.referrals.filter { summary.stand(of: $0.citizen) != .declined }
        let numbers = referred.map(\.citizen)
        let found = try await house.engine.read { connection -> DoorOrder? in
            let reader = StoreReader(connection)
            let unit = summary.order.unit
            guard try reader.company(ofUnit: unit, in: municipality) == company else { return nil }
            let entry = try reader.registrations(
                .workplaceEntry, where: .id, is: unit.number, of: municipality
            ).first?.fact
            let people = Dictionary(
                uniqueKeysWithValues: try reader.citizens(of: municipality, numbers)
                    .map { ($0.id, $0) })
            let candidates = try referred.compactMap { referral -> DoorCandidate? in
                guard let citizen = people[referral.citizen],
                    let stand = summary.stand(of: citizen.id)
                else { return nil }
                return try reader.candidate(citizen, referral, stand, summary, municipality, today)
            }
            var order = DoorOrder(
                summary: summary, candidates: candidates,
                registrations: try reader.notes(of: id, in: municipality))
            order.isSaid = try reader.registrations(
                .companyRecord, where: .company, is: company.number, of: municipality
            ).contains { $0.fact.isSatisfaction(with: id) }
            if case .workplaceEntry(let entry)? = entry { order.workplace = entry }
            return order
        }
        if found != nil, !numbers.isEmpty {
            let reading = try LoggedReading(
                house, actor, of: municipality, purpose,
                asking: { .readReferred(company, $0) })
            _ = try await reading.log(Array(Set(numbers)).sorted(), for: .candidates, on: today)
        }
        return found
    }
}

extension StoreReader {
    fileprivate func candidate(
        _ citizen: Citizen, _ referral: Referral, _ stand: CandidateStand,
        _ summary: OrderSummary, _ municipality: MunicipalityCode, _ today: Day
    ) throws -> DoorCandidate {
        let profile = try registrations(
            about: citizen.id, of: municipality, kinds: [.jobProfile]
        ).lazy.compactMap { note -> JobProfile? in
            guard case .jobProfile(let profile) = note.fact, profile.holds(on: today) else {
                return nil
            }
            return profile
        }.first
        let cv = try cv(of: citizen.id, in: municipality).map {
            try Resume(Array($0.document.utf8))
        }
        let invitation = summary.events.last {
            $0.citizen == citizen.id && $0.kind == .invited
        }?.text
        return DoorCandidate(
            referral: referral.id, name: citizen.fullName,
            stand: stand, profile: profile, cv: cv, invitation: invitation)
    }
}

extension CaseWriter {
    /// A message from the municipality to a citizen.
    mutating func tell(_ citizen: CitizenID, _ notice: DoorNotice) throws {
        try send(
            NewMessage(
                day: today, from: .municipality, to: .citizen, subject: notice.subject,
                text: notice.text), about: citizen)
    }

    /// Throws where the workplace is another company's.
    func requireOwn(_ unit: ProductionUnitNumber, _ company: CVR) throws {
        if try reader.company(ofUnit: unit, in: municipality) != company {
            throw FieldProblems([.init("unit", "workplaceUnknown")])
        }
    }
}
