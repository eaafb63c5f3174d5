import Chronology
import Identifiers
import Jobcenter
import Law
import Registry
import Storage
import Testing

/// The company's own hand; the helpers are those of the companies' and orders' tests.
extension OrderCaseTests {
    private static let other = try! CVR("29190909")
    private static let otherUnit = try! ProductionUnitNumber("1012345686")
    private static let told = DoorNotice(subject: "Til dig", text: "Fra virksomheden")

    private func we(_ company: CVR? = OrderCaseTests.cvr, in code: Int32 = 163) -> Actor {
        Actor(
            name: "Bent", role: .employer, municipality: MunicipalityCode(number: code),
            company: company)
    }

    private func doorHouse(_ more: [Fact] = []) async throws -> House {
        try await house(
            [
                .company(Company(cvr: Self.other, name: "En anden", industry: "52")),
                .productionUnit(
                    ProductionUnit(
                        id: FactID(2), number: Self.otherUnit, company: Self.other, employees: 3,
                        start: Self.today - 900, end: nil)),
            ] + more)
    }

    /// An order of the company's to which both citizens are referred.
    private func referred(_ house: House) async throws -> (FactID, [FactID]) {
        let (id, _) = try await DoorCase(house).register(
            order(positions: 1), in: Self.herlev, by: we())
        _ = try await OrderCase(house).refer(
            [Self.ane, Self.bo], to: id, in: Self.herlev, by: ida, purpose: purpose)
        return (id, try await summary(house, id).referrals.map(\.id))
    }

    private func seen(_ house: House, _ id: FactID) async throws -> DoorOrder {
        try #require(
            try await DoorCase(house).order(id, in: Self.herlev, by: we(), purpose: purpose))
    }

    private func mine(_ house: House, _ citizen: CitizenID) async throws -> CitizenFile {
        try await OwnCase(house).file(
            in: Self.herlev,
            by: Actor(
                name: "x", role: .citizen, municipality: Self.herlev, citizen: citizen))
    }

    @Test("a company sees its own, and nobody else sees it by the company's door")
    func ownDoor() async throws {
        let house = try await doorHouse()
        let (id, referrals) = try await referred(house)
        let door = DoorCase(house)
        #expect(try await door.file(in: Self.herlev, by: we()).orders.map(\.order.id) == [id])
        #expect(try await door.file(in: Self.herlev, by: we(Self.other)).orders.isEmpty)
        #expect(
            try await door.order(id, in: Self.herlev, by: we(Self.other), purpose: purpose) == nil)
        #expect(
            try await problems {
                _ = try await door.answer(
                    .no(.skills, words: ""), about: referrals[0], on: id, telling: Self.told,
                    in: Self.herlev, by: we(Self.other))
            } == ["order:choice"])
        #expect(
            try await problems {
                _ = try await door.close(
                    id, .withdrawn, words: "", telling: Self.told, in: Self.herlev,
                    by: we(Self.other))
            } == ["order:choice"])
        #expect(
            try await problems {
                _ = try await door.register(
                    order(unit: Self.otherUnit), in: Self.herlev, by: we())
            } == ["unit:workplaceUnknown"])
        for actor in [
            ida, kim, we(nil), we(in: 219),
            Actor(name: "x", role: .manager, municipality: Self.herlev, company: Self.cvr),
        ] {
            await #expect(throws: Refusal.self) { try await door.file(in: Self.herlev, by: actor) }
            await #expect(throws: Refusal.self) {
                try await door.register(order(), in: Self.herlev, by: actor)
            }
        }
        // The company has no business on the pages of the staff.
        await #expect(throws: Refusal.self) {
            try await OrderCase(house).book(of: Self.herlev, by: we())
        }
        await #expect(throws: Refusal.self) {
            try await CompanyCase(house).file(of: Self.cvr, in: Self.herlev, by: we())
        }
    }

    @Test("from the order to the hire, each told to the citizen and said once")
    func fromOrderToHire() async throws {
        let house = try await doorHouse()
        let (id, referrals) = try await referred(house)
        let door = DoorCase(house)
        // It came in by the company's own hand, and stands as a contact.
        let contacts = try await door.file(in: Self.herlev, by: we()).contacts
        #expect(contacts.map(\.contact.form) == [.online])
        let first = try await seen(house, id)
        #expect(first.candidates.map(\.name) == ["Ane Prøve", "Bo Prøve"])
        #expect(first.candidates.map(\.stand) == [.referred, .referred])
        _ = try await door.answer(
            .invite("torsdag kl. 10"), about: referrals[0], on: id, telling: Self.told,
            in: Self.herlev, by: we())
        let invited = try await seen(house, id).candidates
        #expect(invited.map(\.stand) == [.invited, .referred])
        #expect(invited[0].invitation == "torsdag kl. 10")
        let messages = try await mine(house, Self.ane).registrations.compactMap { note in
            if case .message(let message) = note.fact { message } else { nil }
        }
        #expect(messages.map(\.subject) == ["Til dig"])
        #expect(messages.map(\.sender) == [.municipality])
        #expect(
            try await problems {
                _ = try await door.answer(
                    .no(.filled, words: ""), about: referrals[1], on: id, telling: Self.told,
                    in: Self.herlev, by: we())
            } == ["reason:choice"])
        _ = try await door.answer(
            .no(.hours, words: "Kan ikke om aftenen"), about: referrals[1], on: id,
            telling: Self.told,
            in: Self.herlev, by: we())
        // An open order is not what one says how it went with.
        #expect(
            try await problems {
                _ = try await door.say(
                    5, again: true, words: "", of: id, in: Self.herlev, by: we())
            } == ["order:orderOpen"])
        _ = try await door.answer(
            .hire(from: Self.today + 7, .ordinary), about: referrals[0], on: id,
            telling: Self.told, in: Self.herlev, by: we())
        let filled = try await summary(house, id)
        #expect(filled.placements.map(\.citizen) == [Self.ane])
        #expect(filled.closing?.reason == .filled)
        #expect(
            try await problems {
                _ = try await door.answer(
                    .hire(from: Self.today + 7, .ordinary), about: referrals[0], on: id,
                    telling: Self.told, in: Self.herlev, by: we())
            } == ["citizen:orderClosed"])
        #expect(
            try await door.file(in: Self.herlev, by: we()).toSay(on: Self.today)
                .map(\.order.id) == [id])
        _ = try await door.say(
            4, again: true, words: "Hurtigt", of: id, in: Self.herlev, by: we())
        #expect(try await door.file(in: Self.herlev, by: we()).toSay(on: Self.today).isEmpty)
        #expect(
            try await problems {
                _ = try await door.say(
                    1, again: false, words: "", of: id, in: Self.herlev, by: we())
            } == ["order:doneAlready"])
        #expect(
            try await problems {
                _ = try await door.say(
                    6, again: false, words: "", of: id, in: Self.herlev, by: we())
            } == ["score:wholeNumber"])
    }

    @Test("the citizen sees that the company has looked, and one who said no is not shown")
    func looks() async throws {
        let house = try await doorHouse()
        let (id, _) = try await referred(house)
        _ = try await seen(house, id)
        let citizen = Actor(
            name: "x", role: .citizen, municipality: Self.herlev, citizen: Self.bo)
        let looks = try await OwnCase(house).lookups(in: Self.herlev, by: citizen)
        #expect(looks.contains { $0.actor == "Bent, CVR 13585628" && $0.role == "employer" })
        _ = try await OwnCase(house).choose(id, wants: false, in: Self.herlev, by: citizen)
        #expect(try await seen(house, id).candidates.map(\.name) == ["Ane Prøve"])
    }

    @Test("a correction keeps who has the order, and what the company was promised")
    func ownCorrection() async throws {
        let house = try await doorHouse()
        let id = try await register(
            house, order { $0.staff = FactID(7) })
        let door = DoorCase(house)
        _ = try await door.correct(
            id,
            order(positions: 3) {
                $0.title = "Pakker"
                $0.answerBy = Self.today + 20
            }, in: Self.herlev, by: we())
        let found = try await summary(house, id)
        #expect(found.order.positions == 3)
        #expect(found.description?.title == "Pakker")
        #expect(found.description?.staff == FactID(7))
        #expect(found.description?.answerBy == Self.today + 2)
        _ = try await door.close(
            id, .withdrawn, words: "", telling: Self.told, in: Self.herlev, by: we())
        #expect(
            try await problems {
                _ = try await door.correct(id, order(), in: Self.herlev, by: we())
            } == ["title:orderClosed"])
        #expect(
            try await problems {
                _ = try await door.close(
                    id, .withdrawn, words: "", telling: Self.told, in: Self.herlev, by: we())
            } == ["kind:orderClosed"])
    }

    @Test("the law answers at the company's own workplaces and at no other")
    func ownLimits() async throws {
        let house = try await doorHouse()
        let door = DoorCase(house)
        func asked(_ unit: ProductionUnitNumber) -> LimitsAsked {
            LimitsAsked(
                measure: "company-internship-private", unit: unit, starts: Self.today + 14,
                ends: Self.today + 41, weekly: .full, group: .group2)
        }
        let found = try await door.limits(asked(Self.unit), in: Self.herlev, by: we())
        let staffs = try await CompanyCase(house).limits(
            asked(Self.unit), in: Self.herlev, by: ida)
        #expect(found.checks == staffs.checks)
        #expect(
            try await problems {
                _ = try await door.limits(asked(Self.otherUnit), in: Self.herlev, by: we())
            } == ["unit:choice"])
        let statement = EmployeeStatement(
            day: Self.today, unit: Self.otherUnit, fourMonths: 1, twelveMonths: 1, months: 12,
            startMonth: 1)
        #expect(
            try await problems {
                _ = try await door.register(statement, in: Self.herlev, by: we())
            } == ["unit:choice"])
    }

    /// Ane works for the company and is on sick leave.
    private func sickHouse() async throws -> House {
        try await doorHouse([
            .employment(
                Employment(
                    id: FactID(1), citizen: Self.ane, kind: .ordinary, start: Self.today - 500,
                    end: nil, weekly: .full, unit: Self.unit)),
            .benefitSpell(
                BenefitSpell(
                    id: FactID(1), citizen: Self.ane, benefit: .sicknessBenefit,
                    start: Self.today - 20, end: nil)),
        ])
    }

    private func fastTrack(
        _ cpr: String, absent days: Int = 20, contact: String = "Bent, 12345678"
    ) throws -> FastTrackAsked {
        FastTrackAsked(
            cpr: try CPR(cpr), unit: Self.unit, firstAbsence: Self.today - days,
            wellBy: Self.today + 60, contact: contact)
    }

    private func requests(_ house: House) async throws -> [CompanyRecord] {
        try await DoorCase(house).file(in: Self.herlev, by: we()).registrations.compactMap {
            guard case .companyRecord(let record) = $0.fact, record.record == DoorFile.fastTrack
            else { return nil }
            return record
        }
    }

    @Test("a request about a sick employee begins the two weeks, and the citizen can say no")
    func fastTrackRequest() async throws {
        let house = try await sickHouse()
        let door = DoorCase(house)
        let asked = try fastTrack("6101901002")
        #expect(try await door.fastTrack(asked)?.verdict == .yes)
        _ = try await door.register(asked, telling: Self.told, in: Self.herlev, by: we())
        let file = try await mine(house, Self.ane)
        let acts = file.registrations.compactMap { note in
            if case .caseAct(let act) = note.fact { act } else { nil }
        }
        #expect(acts.map(\.kind) == [.fastTrackRequest])
        #expect(
            file.obligations.obligations.contains {
                $0.duty.id == "sickness-fast-track"
                    && $0.obligation.due == Self.today + 14
            })
        let told = file.registrations.contains { note in
            guard case .message(let message) = note.fact else { return false }
            return message.recipient == .citizen && message.subject == "Til dig"
        }
        #expect(told)
        let record = try #require(try await requests(house).first)
        #expect(record.answers["caseNumber"] == "1")
        #expect(!record.answers.values.contains { $0.contains("1002") })
        // Sent again it is refused, by what the company wrote and not by whom it is about.
        let again = try await problems {
            _ = try await door.register(asked, telling: Self.told, in: Self.herlev, by: we())
        }
        #expect(again == ["firstAbsence:doneAlready"])
    }

    @Test(
        "who is on sick leave cannot be found out",
        arguments: ["6101901010", "6102701018"])
    func fastTrackTellsNothing(cpr: String) async throws {
        // Bo is a citizen who is not ill; the other number is nobody's.
        let house = try await sickHouse()
        let door = DoorCase(house)
        let asked = try fastTrack(cpr)
        _ = try await door.register(asked, telling: Self.told, in: Self.herlev, by: we())
        let record = try #require(try await requests(house).first)
        #expect(Set(record.answers.keys) == ["firstDay", "answerBy", "contact"])
        let file = try await mine(house, Self.bo)
        let isUntouched = file.registrations.allSatisfy {
            ![.caseAct, .message].contains($0.fact.kind)
        }
        #expect(isUntouched)
        let again = try await problems {
            _ = try await door.register(asked, telling: Self.told, in: Self.herlev, by: we())
        }
        #expect(again == ["firstAbsence:doneAlready"])
        // Another company knows nothing of Ane, who does not work there.
        let elsewhere = FastTrackAsked(
            cpr: try CPR("6101901002"), unit: Self.otherUnit, firstAbsence: Self.today - 20,
            wellBy: Self.today + 60, contact: "x")
        _ = try await door.register(
            elsewhere, telling: Self.told, in: Self.herlev, by: we(Self.other))
        #expect(
            try await mine(house, Self.ane).registrations.allSatisfy {
                $0.fact.kind != .caseAct
            })
    }

    @Test("after five weeks the employer is too late", arguments: [(35, true), (36, false)])
    func fastTrackInTime(days: Int, isInTime: Bool) async throws {
        let house = try await sickHouse()
        let answer = try await DoorCase(house).fastTrack(fastTrack("6101901002", absent: days))
        #expect((answer?.verdict == .yes) == isInTime)
        let found = try await problems {
            _ = try await DoorCase(house).register(
                try fastTrack("6101901002", absent: days), telling: Self.told, in: Self.herlev,
                by: we())
        }
        #expect(found == (isInTime ? [] : ["firstAbsence:fastTrackForbidden"]))
        let isTold = try await mine(house, Self.ane).registrations.contains {
            $0.fact.kind == .message
        }
        #expect(isTold == isInTime)
    }

    @Test("a company may ask for a visit, whoever else has been there")
    func asksForVisit() async throws {
        let house = try await doorHouse()
        func contact(_ team: String, _ days: Int) -> NewContact {
            NewContact(
                company: Self.cvr, unit: Self.unit, day: Self.today + days, form: .visit,
                reason: .planned, team: team)
        }
        let cases = CompanyCase(house)
        _ = try await cases.register(
            contact("Unge", 0), isPlanned: true, in: Self.herlev, by: ida, purpose: purpose)
        let others = try await problems {
            _ = try await cases.register(
                contact("Job", 3), isPlanned: true, in: Self.herlev, by: ida, purpose: purpose)
        }
        #expect(others == ["day:visitByOther"])
        _ = try await DoorCase(house).register(contact("Job", 3), in: Self.herlev, by: we())
        let planned = try await DoorCase(house).file(in: Self.herlev, by: we()).contacts
        #expect(planned.map(\.contact.day) == [Self.today + 3, Self.today])
        let strangers = try await problems {
            var other = contact("Job", 3)
            other.unit = Self.otherUnit
            _ = try await DoorCase(house).register(other, in: Self.herlev, by: we())
        }
        #expect(strangers == ["unit:workplaceUnknown"])
    }

    @Test("a company signs up for an event once with each order")
    func eventSignUp() async throws {
        let house = try await doorHouse()
        let (event, _) = try await EventCase(house).register(
            JobEvent(
                id: FactID(0), kind: .recruitment, title: "Jobdag", start: Self.today + 10),
            correcting: nil, in: Self.herlev, by: ida, purpose: purpose)
        let (course, _) = try await EventCase(house).register(
            JobEvent(id: FactID(0), kind: .course, title: "Truck", start: Self.today + 10),
            correcting: nil, in: Self.herlev, by: ida, purpose: purpose)
        let own = try await DoorCase(house).register(order(), in: Self.herlev, by: we()).0
        let others = try await DoorCase(house).register(
            order(unit: Self.otherUnit), in: Self.herlev, by: we(Self.other)
        ).0
        let door = DoorCase(house)
        _ = try await door.signUp(for: event, with: nil, seats: 5, in: Self.herlev, by: we())
        _ = try await door.signUp(for: event, with: own, seats: 5, in: Self.herlev, by: we())
        for (where_, what, expected) in [
            (event, own, "order:signedUp"), (event, others, "order:choice"),
            (course, own, "event:choice"), (FactID(99), own, "event:choice"),
        ] {
            let found = try await problems {
                _ = try await door.signUp(
                    for: where_, with: what, seats: 5, in: Self.herlev, by: we())
            }
            #expect(found == [expected])
        }
        let file = try await door.file(in: Self.herlev, by: we())
        #expect(file.events.map(\.event.id) == [event])
        #expect(file.stands(at: file.events[0]).map(\.order) == [nil, own])
        #expect(
            file.stands(at: file.events[0]).map(\.title) == ["Møllers Lager", "Lagermedarbejder"])
    }
}
