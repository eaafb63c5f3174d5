/// A cube of numbers as JSON-stat writes it, in version 1 (`dataset`) or 2.
struct JSONStat {
    struct Dimension {
        var id: String
        /// The codes in the order of the cube.
        var codes: [String]
    }

    var dimensions: [Dimension]
    /// By position, the last dimension running fastest; nil where nothing is shown.
    private var values: [Int: Double]
    let count: Int

    /// Throws what is wrong with the document, in its own words.
    init(_ document: JSONValue) throws(Fault) {
        let set = document["dataset"] ?? document
        guard let dimension = set["dimension"] else { throw Fault("dataset.dimension") }
        guard let ids = (dimension["id"] ?? set["id"])?.array?.compactMap(\.text), !ids.isEmpty
        else { throw Fault("dimension.id") }
        guard let sizes = (dimension["size"] ?? set["size"])?.array?.compactMap(\.whole),
            sizes.count == ids.count, sizes.allSatisfy({ (1...1_000_000).contains($0) })
        else { throw Fault("dimension.size") }
        dimensions = []
        var product = 1
        for (id, size) in zip(ids, sizes) {
            guard let category = dimension[id]?["category"],
                let codes = Self.codes(category), codes.count == size, Set(codes).count == size
            else { throw Fault("dimension.\(id).category.index (\(size))") }
            dimensions.append(Dimension(id: id, codes: codes))
            product *= size
            guard product <= 50_000_000 else { throw Fault("dimension.size") }
        }
        count = product
        values = [:]
        switch set["value"] {
        case .array(let all):
            guard all.count == product else {
                throw Fault("value (\(all.count) ≠ \(product))")
            }
            for (position, value) in all.enumerated() { try add(value, position) }
        case .object(let some):
            for (key, value) in some {
                guard let position = Int(key), (0..<product).contains(position) else {
                    throw Fault("value.\(key)")
                }
                try add(value, position)
            }
        default: throw Fault("value")
        }
    }

    /// What is missing or wrong: a place in the document.
    struct Fault: Error, Hashable {
        var place: String
        init(_ place: String) { self.place = place }
    }

    private mutating func add(_ value: JSONValue, _ position: Int) throws(Fault) {
        switch value {
        case .null: return
        case .text(let text) where NumberStyle.english.cell(text) == .notShown: return
        default:
            guard let number = value.number, number.isFinite else {
                throw Fault("value.\(position)")
            }
            values[position] = number
        }
    }

    /// The index may be a list of codes, or each code with its position; with one code
    /// it may be left out beside its label.
    private static func codes(_ category: JSONValue) -> [String]? {
        switch category["index"] {
        case .array(let list): return list.compactMap(\.text)
        case .object(let positions):
            let pairs = positions.compactMap { code, position in position.whole.map { (code, $0) } }
                .sorted { $0.1 < $1.1 }
            guard pairs.map(\.1) == Array(0..<positions.count) else { return nil }
            return pairs.map(\.0)
        default:
            guard let labels = category["label"]?.object, labels.count == 1 else { return nil }
            return Array(labels.keys)
        }
    }

    /// Every cell with the position of its code in each dimension.
    func forEach(_ body: (_ indices: [Int], _ value: Double?) -> Void) {
        var indices = [Int](repeating: 0, count: dimensions.count)
        for position in 0..<count {
            body(indices, values[position])
            var last = dimensions.count - 1
            while last >= 0 {
                indices[last] += 1
                if indices[last] < dimensions[last].codes.count { break }
                indices[last] = 0
                last -= 1
            }
        }
    }
}
