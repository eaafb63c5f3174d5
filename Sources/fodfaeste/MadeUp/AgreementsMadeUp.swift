import Chronology
import Identifiers
import Jobcenter
import Registry
import Simulation

/// Agreements on internships in every state, so that signing can be tried in a made-up
/// municipality. The secrets of their links are known to all who can read this.
struct AgreementsMadeUp {
    /// The links' secrets, by what they lead to.
    static let open = "proeve-aaben"
    static let expired = "proeve-udloebet"
    static let replaced = "proeve-erstattet"
    static let refused = "proeve-nej"

    private let truth: Truth
    private var made: [Registration] = []
    private var agreements: Int64 = 0
    private var signers: Int64 = 0
    private var marks: Int64 = 0

    static func registrations(of truth: Truth) -> [Registration] {
        var maker = AgreementsMadeUp(truth: truth)
        maker.makeOpen()
        maker.makeSigned()
        return maker.made
    }

    private init(truth: Truth) { self.truth = truth }

    private mutating func add(_ fact: Fact, on day: Day) {
        made.append(Registration(municipality: truth.municipality, recordedOn: day, fact: fact))
    }

    /// One agreement in each state that waits or has come to nothing.
    private mutating func makeOpen() {
        let today = truth.through
        let groups = truth.targetGroups.filter {
            $0.group == .group2 && $0.holds(on: today)
        }
        let units = truth.units.filter { $0.holds(on: today) && $0.employees >= 25 }
        guard !groups.isEmpty, !units.isEmpty else { return }
        for (index, state) in AgreementStage.allCases.enumerated() where state != .signed {
            let start = today + (state == .expired ? -20 : 19)
            var agreement = agreement(
                groups[index * 3 % groups.count].citizen, units[index % units.count],
                start: start, end: start + 25)
            agreement.deadline = state == .expired ? today - 21 : today + 14
            let made = state == .expired ? today - 40 : today - 6
            add(agreement, state, on: made)
        }
    }

    /// An internship that goes on, with the effort that came of the agreement.
    private mutating func makeSigned() {
        let today = truth.through
        let found = truth.offers.last {
            $0.kind == .companyInternshipPrivate && $0.holds(on: today) && $0.unit != nil
                && $0.start > today - 25 && $0.start < today - 5
        }
        guard let found, let unit = truth.units.last(where: { $0.number == found.unit }) else {
            return
        }
        var agreement = agreement(
            found.citizen, unit, start: found.start, end: found.end ?? found.start + 27)
        agreement.weekly = found.weekly
        agreement.deadline = found.start
        agreement.effort = FactID(1)
        add(
            .effort(
                Effort(
                    id: FactID(1), citizen: found.citizen, measure: agreement.measure,
                    goal: agreement.tasks, offer: found.id, employment: nil, unit: found.unit,
                    contact: "Bente Prøve", start: found.start, end: agreement.end,
                    followUp: found.start + 28)), on: found.start - 2)
        add(agreement, .signed, on: found.start - 4)
    }

    private mutating func agreement(
        _ citizen: CitizenID, _ unit: ProductionUnit, start: Day, end: Day
    ) -> OfferAgreement {
        agreements += 1
        return OfferAgreement(
            id: FactID(agreements), citizen: citizen, company: unit.company, unit: unit.number,
            measure: "company-internship-private", start: start, end: end,
            weekly: WeeklyTime(minutes: 1_200),
            tasks: "Pakke varer og tage imod leverancer for at prøve arbejdet på et lager",
            deadline: start)
    }

    private mutating func add(
        _ agreement: OfferAgreement, _ state: AgreementStage, on day: Day
    ) {
        add(.agreement(agreement), on: day)
        let citizen = truth.citizens.first { $0.id == agreement.citizen }
        let names: [AgreementParty: String] = [
            .employer: "Bente Prøve", .employees: "Thor Prøve", .caseworker: "Signe Prøve",
            .citizen: citizen.map(\.fullName) ?? "",
        ]
        var ids: [AgreementParty: FactID] = [:]
        for party in AgreementParty.allCases {
            ids[party] = sign(
                agreement.id, party, names[party] ?? "", replacing: nil, on: day)
        }
        switch state {
        case .draft: break
        case .waiting:
            _ = link(agreement, ids[.employees], Self.replaced, on: day)
            let other = sign(
                agreement.id, .employees, "Vibeke Prøve", replacing: ids[.employees], on: day + 1)
            _ = link(agreement, other, "\(Self.replaced)-ny", on: day + 1)
            _ = link(agreement, ids[.employer], Self.open, on: day)
            answer(agreement, ids[.caseworker], .signed, nil, "Signe Prøve", on: day + 1)
        case .refused:
            let used = link(agreement, ids[.employer], Self.refused, on: day)
            answer(
                agreement, ids[.employer], .refused, used, "Vi har ikke tid i januar",
                on: day + 2)
        case .expired:
            _ = link(agreement, ids[.employer], Self.expired, on: day)
        case .withdrawn:
            mark(agreement, nil, .withdrawn, "", nil, "Virksomheden lukker afdelingen", on: day + 3)
        case .signed:
            for party in AgreementParty.allCases {
                let used =
                    party == .caseworker
                    ? nil
                    : link(agreement, ids[party], "proeve-\(party.rawValue)", on: day)
                answer(agreement, ids[party], .signed, used, names[party] ?? "", on: day + 2)
            }
        }
    }

    private mutating func sign(
        _ agreement: FactID, _ party: AgreementParty, _ name: String, replacing old: FactID?,
        on day: Day
    ) -> FactID {
        signers += 1
        let contact = party == .caseworker ? "" : "\(party.rawValue)@example.org"
        add(
            .agreementSigner(
                AgreementSigner(
                    id: FactID(signers), agreement: agreement, party: party, name: name,
                    contact: contact, replaces: old)), on: day)
        return FactID(signers)
    }

    private mutating func link(
        _ agreement: OfferAgreement, _ signer: FactID?, _ secret: String, on day: Day
    ) -> FactID {
        mark(agreement, signer, .sent, AgreementCase.digest(of: secret), nil, "", on: day)
        return FactID(marks)
    }

    private mutating func answer(
        _ agreement: OfferAgreement, _ signer: FactID?, _ kind: AgreementMark.Kind,
        _ link: FactID?, _ text: String, on day: Day
    ) {
        mark(agreement, signer, kind, agreement.digest, link, text, on: day)
    }

    private mutating func mark(
        _ agreement: OfferAgreement, _ signer: FactID?, _ kind: AgreementMark.Kind,
        _ digest: String, _ link: FactID?, _ text: String, on day: Day
    ) {
        marks += 1
        add(
            .agreementMark(
                AgreementMark(
                    id: FactID(marks), agreement: agreement.id, signer: signer, kind: kind,
                    day: day, digest: digest, link: link, text: text)), on: day)
    }
}

extension ProductionUnit {
    fileprivate func holds(on day: Day) -> Bool { start <= day && day <= end ?? .openEnd }
}
