@testable import Parameters
import Testing

@Suite("Postcodes")
struct PostcodeTests {
    @Test("Every postcode lies in Denmark and in a municipality there is")
    func whole() throws {
        let list = try PostcodeList.bundled()
        let municipalities = try MunicipalityList.bundled()
        #expect(list.all.count == 1089)
        #expect(Set(list.all.map(\.number)).count == list.all.count)
        for code in list.all {
            #expect((54.5...57.9).contains(code.latitude), "\(code.number)")
            #expect((8.0...15.3).contains(code.longitude), "\(code.number)")
            // 0411 is Christiansø, which is no municipality.
            #expect(municipalities[code.municipality] != nil || code.municipality == 411)
        }
    }

    @Test("A postcode is found by number and by town")
    func lookups() throws {
        let list = try PostcodeList.bundled()
        #expect(list[2730]?.name == "Herlev" && list[2730]?.municipality == 163)
        #expect(list[9999] == nil)
        #expect(list.named("hillerød").map(\.number) == [3400])
        #expect(list.named("Atlantis").isEmpty)
    }

    @Test(
        "Distances are those of a map, within five kilometres",
        arguments: [
            (1050, 8000, 157.0), (2730, 3400, 26), (9990, 6200, 308), (5000, 8000, 86),
            (3700, 1050, 149), (6960, 6950, 13), (6853, 6700, 24), (2730, 2730, 0),
        ])
    func distances(from: Int, to: Int, kilometres: Double) throws {
        let list = try PostcodeList.bundled()
        let distance = try #require(list.distance(from: Int32(from), to: Int32(to)))
        #expect(abs(distance - kilometres) < 5, "\(distance)")
        #expect(list.distance(from: Int32(to), to: Int32(from)) == distance)
        #expect(list.distance(from: Int32(from), to: 42) == nil)
    }

    @Test(
        "A line with a fault is refused with its number",
        arguments: ["# a\n1050|København K|55.6|12.5", "# a\nx|København K|55.6|12.5|101"])
    func malformed(text: String) {
        #expect(
            throws: ParameterError.malformed(
                file: "f", line: 2, "number, name, latitude, longitude and municipality expected")
        ) { try PostcodeList(text: text, file: "f") }
    }
}
