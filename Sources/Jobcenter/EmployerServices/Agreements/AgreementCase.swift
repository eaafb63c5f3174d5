import Chronology
import Identifiers
import Law
import Parameters
import Registry
import Storage

/// Who is to sign for a party.
public struct NewSigner: Hashable, Sendable {
    public var party: AgreementParty
    public var name: String
    public var contact: String

    public init(_ party: AgreementParty, name: String, contact: String = "") {
        self.party = party
        self.name = name
        self.contact = contact
    }
}

/// What is agreed, as it is typed; the company is that of the workplace.
public struct AgreedContent: Hashable, Sendable {
    public var unit: ProductionUnitNumber
    public var measure: String
    public var start: Day
    public var end: Day
    public var weekly: WeeklyTime
    public var tasks: String
    /// Øre an hour.
    public var wage: Int?
    public var subsidy: Int?
    public var deadline: Day
    public var isExtended: Bool
    public var isSingleParent: Bool

    public init(
        unit: ProductionUnitNumber, measure: String, start: Day, end: Day, weekly: WeeklyTime,
        tasks: String, wage: Int? = nil, subsidy: Int? = nil, deadline: Day,
        isExtended: Bool = false, isSingleParent: Bool = false
    ) {
        self.unit = unit
        self.measure = measure
        self.start = start
        self.end = end
        self.weekly = weekly
        self.tasks = tasks
        self.wage = wage
        self.subsidy = subsidy
        self.deadline = deadline
        self.isExtended = isExtended
        self.isSingleParent = isSingleParent
    }
}

/// An agreement with all that its page shows.
public struct AgreementFile: Sendable {
    public var standing: AgreementStanding
    public var stage: AgreementStage
    public var citizen: Citizen
    public var companyName: String
    public var workplace: WorkplaceEntry?
    public var kind: EffortKind?
    /// What the law says of it today.
    public var checks: [EffortCheck]
    /// What was registered about it, by the facts' kinds and numbers.
    public var notes: [RegistrationNote]

    public var agreement: OfferAgreement { standing.agreement }

    /// The law does not allow it as things are now.
    public var isForbidden: Bool { checks.contains(where: \.forbids) }
}

/// Agreements on internships and wage subsidies: made, changed, withdrawn and signed by an
/// employer, a representative of the employees, the citizen and a caseworker.
public struct AgreementCase: Sendable {
    let house: House

    /// A full week in the public sector's terms, and the most that is agreed.
    public static let mostHours = WeeklyTime.full

    public init(_ house: House) { self.house = house }

    /// The kinds of efforts that are agreed with an employer and signed, open on a day.
    public func kinds(on day: Day) async throws -> [EffortKind] {
        try await house.law.efforts().kinds.filter { $0.isAgreed && $0.isOpen(on: day) }
    }

    /// Registers an agreement and who is to sign it. Throws `EffortRefusal` where the law does
    /// not allow it, and `FieldProblems` where something is missing; nothing is stored then.
    public func register(
        _ new: AgreedContent, for citizen: CitizenID, from order: FactID? = nil,
        signers: [NewSigner], in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        let statutes = try await house.law.statutes()
        let kinds = try await house.law.efforts()
        return try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let made = try writer.checked(new, citizen, order, kinds, statutes, by: actor)
            let (id, receipt) = try writer.add(.agreement) { id in
                var agreement = made
                agreement.id = id
                return .agreement(agreement)
            }
            for party in AgreementParty.allCases {
                let signer = try writer.named(signers.first { $0.party == party }, party, made)
                _ = try writer.add(.agreementSigner) { row in
                    .agreementSigner(
                        AgreementSigner(
                            id: row, agreement: id, party: party, name: signer.name,
                            contact: signer.contact))
                }
            }
            return (id, receipt)
        }
    }

    /// Changes what is agreed, or the last day to sign. Signatures of another text do not hold
    /// any more. Throws as `register` does, and where it is signed or withdrawn.
    public func change(
        _ id: FactID, to new: AgreedContent, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        let statutes = try await house.law.statutes()
        let kinds = try await house.law.efforts()
        return try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            let standing = try writer.standing(id)
            try standing.requireNotDone(writer.today)
            let before = standing.agreement
            var changed = try writer.checked(
                new, before.citizen, before.order, kinds, statutes, by: actor)
            changed.id = id
            return try writer.set(.agreement(changed))
        }
    }

    /// Takes it back before everybody has signed.
    public func withdraw(
        _ id: FactID, why: String, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        if why.isEmpty { throw FieldProblems([.init("why", "empty")]) }
        return try await house.writeCase(municipality, actor, purpose, asking: .registerCompany) {
            writer in
            try writer.standing(id).requireNotDone(writer.today)
            return try writer.mark(id, nil, .withdrawn, text: why)
        }
    }

    /// One agreement; the look at the citizen is logged. Nil where there is none such.
    public func file(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> AgreementFile? {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.readCandidates)
        return try await file(id, municipality, reading)
    }

    func file(
        _ id: FactID, _ municipality: MunicipalityCode, _ reading: LoggedReading
    ) async throws -> AgreementFile? {
        let statutes = try await house.law.statutes()
        let kinds = try await house.law.efforts()
        let today = house.clock.today()
        let found = try await house.engine.read { connection -> AgreementFile? in
            try StoreReader(connection).agreementFile(id, municipality, kinds, statutes, today)
        }
        guard let found else { return nil }
        _ = try await reading.citizens([found.agreement.citizen], for: .agreement, on: today)
        return found
    }

    /// All agreements of a municipality, or those with a company, the latest first. Nobody is
    /// named, so no look is logged.
    public func all(
        of municipality: MunicipalityCode, with company: CVR? = nil, by actor: Actor
    ) async throws -> [AgreementStanding] {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        return try await standings(of: municipality, with: company)
    }

    /// O(agreements of the municipality).
    func standings(
        of municipality: MunicipalityCode, with company: CVR?
    ) async throws -> [AgreementStanding] {
        try await house.engine.read { connection in
            var agreements: [OfferAgreement] = []
            var signers: [FactID: [AgreementSigner]] = [:]
            var marks: [FactID: [AgreementMark]] = [:]
            try StoreReader(connection).facts(
                of: municipality, kinds: [.agreement, .agreementSigner, .agreementMark]
            ) { fact in
                switch fact {
                case .agreement(let one): agreements.append(one)
                case .agreementSigner(let one): signers[one.agreement, default: []].append(one)
                case .agreementMark(let one): marks[one.agreement, default: []].append(one)
                default: break
                }
            }
            return agreements.filter { company == nil || $0.company == company }
                .sorted { $0.id > $1.id }
                .map { AgreementStanding($0, signers[$0.id] ?? [], marks[$0.id] ?? []) }
        }
    }
}

extension EffortKind {
    /// It is agreed with an employer, an employee representative and the citizen.
    public var isAgreed: Bool { offer?.isCompanyBased ?? false }
}

extension EffortCheck {
    /// The law says no and is sure of it; where the rule is uncertain, the page says so.
    public var forbids: Bool {
        answer.verdict == .no && answer.basis.confidence != .uncertain
    }
}

extension AgreementStanding {
    /// Throws where everybody has signed or it was withdrawn.
    func requireNotDone(_ day: Day) throws(FieldProblems) {
        switch stage(on: day) {
        case .signed: throw FieldProblems([.init("agreement", "agreementSigned")])
        case .withdrawn: throw FieldProblems([.init("agreement", "agreementWithdrawn")])
        default: return
        }
    }
}

extension NewEffort {
    /// The effort that an agreement becomes. That the representative of the employees signs is
    /// what a long internship must be talked through with (LAB § 63, stk. 2).
    init(_ agreement: OfferAgreement, _ kind: EffortKind?, contact: String = "") {
        self.init(measure: agreement.measure, starts: agreement.start, ends: agreement.end)
        hours = [Hours(from: agreement.start, weekly: agreement.weekly)]
        unit = agreement.unit
        goal = agreement.tasks
        self.contact = contact
        planText = (kind?.name[.da] ?? "") + ": " + agreement.tasks
        isExtended = agreement.isExtended
        isSingleParent = agreement.isSingleParent
        told = ["talkedThrough": .truth(true)]
    }
}

extension StoreReader {
    func standing(_ id: FactID, of municipality: MunicipalityCode) throws -> AgreementStanding? {
        guard
            case .agreement(let agreement)? = try registration(
                .agreement, id, of: municipality)?.fact
        else { return nil }
        let signers = try registrations(
            .agreementSigner, where: .agreement, is: id.number, of: municipality)
        let marks = try registrations(
            .agreementMark, where: .agreement, is: id.number, of: municipality)
        return AgreementStanding(
            agreement,
            signers.compactMap { if case .agreementSigner(let one) = $0.fact { one } else { nil } },
            marks.compactMap { if case .agreementMark(let one) = $0.fact { one } else { nil } })
    }

    fileprivate func agreementFile(
        _ id: FactID, _ municipality: MunicipalityCode, _ kinds: EffortCatalogue,
        _ statutes: StatuteBook, _ today: Day
    ) throws -> AgreementFile? {
        guard let standing = try standing(id, of: municipality) else { return nil }
        let agreement = standing.agreement
        guard let citizen = try citizens(of: municipality, [agreement.citizen]).first else {
            return nil
        }
        let stage = standing.stage(on: today)
        var notes: [RegistrationNote] = []
        if let note = try registration(.agreement, id, of: municipality) { notes.append(note) }
        for kind in [FactKind.agreementSigner, .agreementMark] {
            notes += try registrations(kind, where: .agreement, is: id.number, of: municipality)
        }
        let entry = try registrations(
            .workplaceEntry, where: .id, is: agreement.unit.number, of: municipality
        ).first?.fact
        var file = AgreementFile(
            standing: standing, stage: stage, citizen: citizen,
            companyName: try company(agreement.company, of: municipality)?.name ?? "",
            kind: kinds[agreement.measure], checks: [],
            notes: notes.sorted { $0.number < $1.number })
        if case .workplaceEntry(let entry)? = entry { file.workplace = entry }
        // What became an offer is counted itself: the question was answered when it was signed.
        if stage != .signed, let kind = file.kind {
            file.checks = try EffortChecking(
                NewEffort(agreement, kind), kind, agreement.citizen, self, municipality, statutes
            ).checks()
        }
        return file
    }
}

extension CaseWriter {
    func standing(_ id: FactID) throws -> AgreementStanding {
        guard let found = try reader.standing(id, of: municipality) else {
            throw FieldProblems([.init("agreement", "choice")])
        }
        return found
    }

    mutating func mark(
        _ agreement: FactID, _ signer: FactID?, _ kind: AgreementMark.Kind, digest: String = "",
        link: FactID? = nil, text: String = ""
    ) throws -> Receipt {
        let today = today
        return try add(.agreementMark) { id in
            .agreementMark(
                AgreementMark(
                    id: id, agreement: agreement, signer: signer, kind: kind, day: today,
                    digest: digest, link: link, text: text))
        }.1
    }

    /// The agreement with its company, once it has been found to be possible and allowed.
    fileprivate func checked(
        _ new: AgreedContent, _ citizen: CitizenID, _ order: FactID?, _ kinds: EffortCatalogue,
        _ statutes: StatuteBook, by actor: Actor
    ) throws -> OfferAgreement {
        guard let kind = kinds[new.measure], kind.isAgreed else {
            throw FieldProblems([.init("measure", "choice")])
        }
        var problems = new.problems(kind, today)
        guard let company = try reader.company(ofUnit: new.unit, in: municipality) else {
            throw FieldProblems(problems + [.init("unit", "workplaceUnknown")])
        }
        let entry = try reader.registrations(
            .workplaceEntry, where: .id, is: new.unit.number, of: municipality
        ).first?.fact
        if case .workplaceEntry(let entry)? = entry, let closed = entry.closed, closed <= new.end {
            problems.append(.init("unit", "workplaceClosed", ["day": closed.danish]))
        }
        if try reader.citizens(of: municipality, [citizen]).isEmpty {
            throw FieldProblems(problems + [.init("citizen", "citizenUnknown")])
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
        try requireResident(citizen, on: new.start, "citizen")
        if let order {
            let stand = try summary(order).stand(of: citizen)
            if stand == nil { throw FieldProblems([.init("order", "notInOrder")]) }
        } else if actor.role == .companyConsultant {
            // Without an order the consultant has no business with the citizen.
            throw FieldProblems([.init("order", "agreementNeedsOrder")])
        }
        let made = OfferAgreement(
            id: FactID(0), citizen: citizen, company: company, unit: new.unit,
            measure: new.measure, start: new.start, end: new.end, weekly: new.weekly,
            tasks: new.tasks, wage: new.wage, subsidy: new.subsidy, order: order,
            deadline: new.deadline, isExtended: new.isExtended,
            isSingleParent: new.isSingleParent)
        try requireAllowed(made, kind, statutes)
        return made
    }

    /// Throws `EffortRefusal` where the law says no and is sure of it.
    func requireAllowed(
        _ agreement: OfferAgreement, _ kind: EffortKind, _ statutes: StatuteBook
    ) throws {
        let checking = try EffortChecking(
            NewEffort(agreement, kind), kind, agreement.citizen, reader, municipality, statutes)
        let checks = try checking.checks()
        if checks.contains(where: \.forbids) {
            throw EffortRefusal(checks: checks, ways: try checking.waysOut())
        }
    }

    /// The signer of a party; the citizen is named as registered where nobody was.
    fileprivate func named(
        _ signer: NewSigner?, _ party: AgreementParty, _ agreement: OfferAgreement
    ) throws -> NewSigner {
        var signer = signer ?? NewSigner(party, name: "")
        if signer.name.isEmpty, party == .citizen {
            let citizen = try reader.citizens(of: municipality, [agreement.citizen]).first
            signer.name = citizen.map(\.fullName) ?? ""
        }
        if signer.name.isEmpty {
            throw FieldProblems([.init("name-\(party.rawValue)", "empty")])
        }
        return signer
    }
}

extension AgreedContent {
    /// What is missing or out of order.
    fileprivate func problems(_ kind: EffortKind, _ today: Day) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if !kind.isOpen(on: start) { problems.append(.init("measure", "effortClosed")) }
        if start < today { problems.append(.init("starts", "inPast")) }
        if end < start { problems.append(.init("ends", "endsBefore")) }
        if weekly > AgreementCase.mostHours { problems.append(.init("hours", "hoursAboveFull")) }
        if tasks.isEmpty { problems.append(.init("tasks", "empty")) }
        if deadline < today { problems.append(.init("deadline", "inPast")) }
        if deadline > start { problems.append(.init("deadline", "deadlineAfterStart")) }
        if kind.employment == nil {
            if wage != nil { problems.append(.init("wage", "noWageHere")) }
            if subsidy != nil { problems.append(.init("subsidy", "noWageHere")) }
        } else if wage == nil {
            problems.append(.init("wage", "wageMissing"))
        } else if let wage, let subsidy, subsidy > wage {
            problems.append(.init("subsidy", "subsidyAboveWage"))
        }
        return problems
    }
}
