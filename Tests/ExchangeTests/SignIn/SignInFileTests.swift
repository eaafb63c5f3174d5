import Exchange
import Parameters
import Testing

@Suite("The file of the sign-in")
struct SignInFileTests {
    private static let roles = ["manager", "caseworker"]

    private func problems(_ yaml: String) throws -> [String] {
        let texts = try TextCatalogue.bundled()
        do throws(FileProblems) {
            _ = try SignInFile(yaml, file: "f", roles: Self.roles)
            return []
        } catch {
            return error.all.map { $0.line(in: .en, texts) }
        }
    }

    static let staff = """
        format: 1
        staff:
          issuer: https://login.example
          client: fodfaeste
          secretVariable: SECRET
          claims: {name: name, person: upn, role: groups}
          roles: [{is: job-leder, role: manager}]
          people: [{is: anh, number: 12}]

        """

    @Test func whole() throws {
        let file = try SignInFile(
            Self.staff + """
                citizen:
                  issuer: http://127.0.0.1:9400
                  client: c
                  secretFile: /run/secret
                  scopes: [ssn]
                  contact: 44 52 70 00
                  claims: {cpr: dk.cpr, cvr: dk.cvr}
                sessions: {idleMinutes: 20}
                """, file: "f", roles: Self.roles)
        #expect(file.entries.map(\.provider.way) == [.staff, .citizen])
        #expect(file.entries.map(\.secret) == [.variable("SECRET"), .file("/run/secret")])
        #expect(file.entries[1].contact == "44 52 70 00")
        #expect(file.entries[1].provider.claims == .init(cpr: "dk.cpr", cvr: "dk.cvr"))
        #expect(file.roles == [.init(value: "job-leder", role: "manager")])
        #expect(file.staff == ["anh": 12])
        #expect(file.idleMinutes == 20 && file.longestHours == nil)
    }

    @Test("Each mistake is told with its place")
    func places() throws {
        let wrong = Self.staff
            .replacing("https://login.example", with: "http://login.example")
            .replacing("role: manager", with: "role: maneger")
            .replacing("secretVariable: SECRET", with: "secret: hunter2")
        let found = try problems(wrong)
        #expect(found.count == 3)
        #expect(found[0].hasPrefix("f:3:11: staff.issuer: "))
        #expect(found[1].hasPrefix("f:5:3: staff: There is no field \"secret\" here."))
        #expect(found[2].contains("Did you mean \"manager\"?"))
        // A secret that was written into the file is not shown.
        #expect(!found.joined().contains("hunter2"))
    }

    @Test("A file without a provider, and one with two places for a secret, are refused")
    func refused() throws {
        #expect(try problems("format: 1").count == 1)
        #expect(
            try problems(
                Self.staff.replacing(
                    "secretVariable: SECRET", with: "secretVariable: S\n  secretFile: f")
            ).count == 1)
        #expect(
            try problems(
                Self.staff.replacing("number: 12}", with: "number: 12}, {is: anh, number: 13}")
            )
            .count == 1)
    }
}
