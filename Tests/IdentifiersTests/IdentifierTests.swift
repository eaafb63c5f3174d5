import Identifiers
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test func testNumbers() throws {
        let cpr = try CPR("610190-1235")
        #expect(cpr.isTest)
        #expect(cpr.isMale)
        #expect(cpr.birth == (1990, 1, 1))
        #expect("\(cpr)" == "610190-xxxx")
        #expect(cpr.unmasked == "6101901235")
        #expect(!String(reflecting: cpr).contains("1235"))
    }

    @Test("The seventh digit tells the century")
    func centuries() throws {
        #expect(try CPR("610105-4001").birth.year == 2005)
        #expect(try CPR("610150-4001").birth.year == 1950)
        #expect(try CPR("610157-5001").birth.year == 2057)
        #expect(try CPR("610160-5001").birth.year == 1860)
    }

    @Test(
        "What is no CPR number is refused",
        arguments: [
            ("000190-1234", IdentifierError.impossibleDate), ("311390-1234", .impossibleDate),
            ("290223-1234", .impossibleDate), ("12345", .wrongLength(expected: 10)),
            ("01019O-1234", .notDigits),
        ])
    func refused(text: String, error: IdentifierError) {
        #expect(throws: error) { try CPR(text) }
    }

    @Test func companies() throws {
        #expect(try CVR("13585628").description == "13585628")
        #expect(throws: IdentifierError.wrongCheckDigit) { try CVR("13585629") }
        #expect(try MunicipalityCode("163").description == "0163")
    }
}
