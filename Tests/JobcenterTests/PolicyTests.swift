import Chronology
import Identifiers
import Jobcenter
import Registry
import Testing

@Suite("Policy")
struct PolicyTests {
    static let herlev = MunicipalityCode(number: 163)
    static let hillerød = MunicipalityCode(number: 219)

    private static let someCompany = try! CVR("13585628")

    static let requests: [(name: String, request: Request, allowed: Set<Role>)] = [
        ("readPlan", .readPlan, Set(Role.allCases)),
        ("readFigures", .readFigures, Set(Role.allCases)),
        (
            "readSmallCounts", .readSmallCounts,
            [.manager, .caseworker, .qualityConsultant, .system]
        ),
        ("readPeople", .readPeople(Purpose("opfølgning")), [.manager, .caseworker, .system]),
        ("readPeople without purpose", .readPeople(nil), []),
        (
            "readCompanies", .readCompanies,
            [.manager, .caseworker, .companyConsultant, .system]
        ),
        ("registerCompany", .registerCompany, [.caseworker, .companyConsultant, .system]),
        (
            "readCandidates", .readCandidates(Purpose("formidling")),
            [.manager, .caseworker, .companyConsultant, .system]
        ),
        ("readCandidates without purpose", .readCandidates(nil), []),
        ("registerFact", .registerFact, [.caseworker, .system]),
        ("managePartnerships", .managePartnerships, [.manager, .system]),
        ("manageQuality", .manageQuality, [.manager, .qualityConsultant, .system]),
        (
            "reviewCase", .reviewCase(Purpose("stikprøve")),
            [.manager, .qualityConsultant, .system]
        ),
        ("reviewCase without purpose", .reviewCase(nil), []),
        ("logTraining", .logTraining, [.manager, .system]),
        ("sharePool", .sharePool, [.caseworker, .companyConsultant, .system]),
        ("exchangePool", .exchangePool, [.administrator, .system]),
        ("readLookups", .readLookups, [.administrator, .system]),
        ("importStatistics", .importStatistics, [.administrator, .system]),
        ("examineLedger", .examineLedger, [.administrator, .system]),
        (
            "readComplaints", .readComplaints(Purpose("klage")),
            [.manager, .caseworker, .citizensAdviser, .system]
        ),
        ("readComplaints without purpose", .readComplaints(nil), []),
        ("registerComplaint", .registerComplaint, [.manager, .caseworker, .system]),
        ("readAsAdviser", .readAsAdviser(Purpose("henvendelse")), [.citizensAdviser]),
        ("readAsAdviser without purpose", .readAsAdviser(nil), []),
        ("writeAsAdviser", .writeAsAdviser, [.citizensAdviser]),
        ("signAgreement", .signAgreement, Set(Role.allCases)),
        ("readOwnCompany of nobody", .readOwnCompany(someCompany), []),
        ("registerOwnCompany of nobody", .registerOwnCompany(someCompany), []),
        (
            "readReferred of nobody",
            .readReferred(someCompany, Purpose("kandidater")), []
        ),
    ]

    @Test("Who may do what, role by role", arguments: Role.allCases)
    func roles(role: Role) {
        let actor = Actor(name: "x", role: role, municipality: Self.herlev)
        for (name, request, allowed) in Self.requests {
            let refusal = Policy.refusal(of: request, by: actor, in: Self.herlev)
            #expect((refusal == nil) == allowed.contains(role), "\(name) by \(role)")
        }
    }

    @Test("The own case is the citizen's, and what others may do in it is what the citizen says")
    func own() throws {
        let citizen = CitizenID(1)
        let may = ["represent", "see"].compactMap { may in
            Representation(
                CaseRecord(
                    id: FactID(1), citizen: citizen, record: Representation.kind,
                    start: Day(number: 0), end: nil, answers: ["person": "Rut", "may": may]),
                on: Day(number: 1))
        }
        let expected: [(Representation?, Refusal?, Refusal?)] = [
            (nil, nil, nil), (may[0], nil, .onlyCitizen),
            (may[1], .representativeOnlyReads, .onlyCitizen),
        ]
        for (representation, writing, deciding) in expected {
            var actor = Actor(
                name: "x", role: .citizen, municipality: Self.herlev, citizen: citizen)
            actor.representation = representation
            func refusal(_ request: Request) -> Refusal? {
                Policy.refusal(of: request, by: actor, in: Self.herlev)
            }
            #expect(refusal(.readOwn(citizen)) == nil)
            #expect(refusal(.registerOwn(citizen)) == writing)
            #expect(refusal(.decideOwn(citizen)) == deciding)
            for other in [Request.readOwn, Request.registerOwn, Request.decideOwn] {
                #expect(refusal(other(CitizenID(2))) == .notYourOwn)
            }
        }
    }

    @Test("Nobody sees another municipality's people", arguments: Role.allCases)
    func otherMunicipality(role: Role) {
        let actor = Actor(name: "x", role: role, municipality: Self.hillerød)
        for (_, request, _) in Self.requests where request != .readPlan && request != .readFigures {
            #expect(
                Policy.refusal(of: request, by: actor, in: Self.herlev) == .otherMunicipality)
        }
        #expect(Policy.refusal(of: .readFigures, by: actor, in: Self.herlev) == nil)
    }

    @Test(
        "A purpose is a few words", arguments: ["", "  ", "ab", String(repeating: "x", count: 201)])
    func noPurpose(text: String) {
        #expect(Purpose(text) == nil)
    }
}
