import Foundation

/// One Danish postcode (postnummer).
public struct Postcode: Hashable, Sendable {
    /// 1050...9990.
    public var number: Int32
    /// The town's name as the post writes it: "København K".
    public var name: String
    /// Degrees north of a point inside.
    public var latitude: Double
    /// Degrees east of a point inside.
    public var longitude: Double
    /// The code of the municipality that most of its area lies in: 163 for `0163`.
    public var municipality: Int32

    public init(
        number: Int32, name: String, latitude: Double, longitude: Double, municipality: Int32
    ) {
        self.number = number
        self.name = name
        self.latitude = latitude
        self.longitude = longitude
        self.municipality = municipality
    }

    /// The great circle between the points inside two postcodes, in kilometres on a sphere with
    /// the earth's mean radius. It is as the crow flies: no roads, no ferries.
    public func distance(to other: Postcode) -> Double {
        let radians = Double.pi / 180
        let (north, otherNorth) = (latitude * radians, other.latitude * radians)
        let byLatitude = sin((otherNorth - north) / 2)
        let byLongitude = sin((other.longitude - longitude) * radians / 2)
        let chord =
            byLatitude * byLatitude + cos(north) * cos(otherNorth) * byLongitude * byLongitude
        return 2 * 6371.0088 * asin(min(1, chord.squareRoot()))
    }
}

/// The Danish postcodes with their places. Indeholder data fra Klimadatastyrelsen. Where most of
/// a postcode's area is sea, its place is that of the town.
public struct PostcodeList: Sendable {
    /// In the order of numbers.
    public let all: [Postcode]
    private let byNumber: [Int32: Postcode]
    private let byName: [String: [Postcode]]

    /// Reads the list that ships with the program.
    public static func bundled() throws(ParameterError) -> PostcodeList {
        let file = "postcodes.txt"
        guard
            let url = Bundle.module.url(forResource: "Resources/\(file)", withExtension: nil),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { throw .missing(file) }
        return try PostcodeList(text: text, file: file)
    }

    init(text: String, file: String) throws(ParameterError) {
        var all: [Postcode] = []
        var line = 0
        for row in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
            line += 1
            guard let first = row.first, first != UInt8(ascii: "#") else { continue }
            let fields = row.split(separator: UInt8(ascii: "|")).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard fields.count == 5 || fields.count == 6 && fields[5] == "town",
                let number = Int32(fields[0]),
                let latitude = Double(fields[2]), let longitude = Double(fields[3]),
                let municipality = Int32(fields[4])
            else {
                throw .malformed(
                    file: file, line: line,
                    "number, name, latitude, longitude and municipality expected")
            }
            all.append(
                Postcode(
                    number: number, name: fields[1], latitude: latitude, longitude: longitude,
                    municipality: municipality))
        }
        self.init(all)
    }

    public init(_ postcodes: [Postcode]) {
        all = postcodes.sorted { $0.number < $1.number }
        byNumber = Dictionary(all.map { ($0.number, $0) }) { first, _ in first }
        byName = Dictionary(grouping: all) { $0.name.lowercased() }
    }

    /// The postcode with this number. O(1).
    public subscript(number: Int32) -> Postcode? { byNumber[number] }

    /// The postcodes of a town by its name, "roskilde" for "Roskilde"; none for an unknown one.
    /// O(1).
    public func named(_ name: String) -> [Postcode] { byName[name.lowercased()] ?? [] }

    /// Kilometres as the crow flies between two postcodes; nil when one is unknown. O(1).
    public func distance(from: Int32, to: Int32) -> Double? {
        guard let from = self[from], let to = self[to] else { return nil }
        return from.distance(to: to)
    }
}
