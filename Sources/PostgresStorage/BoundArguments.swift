import CLibPQ
import Storage

/// The arguments of one statement in PostgreSQL's binary format: exact for every
/// double, and nothing to quote or parse.
struct BoundArguments {
    /// The declared types. A null has none (0): the server takes it from the context.
    private(set) var types: [Oid] = []
    private var bytes: [UInt8] = []
    /// Where each argument's bytes stand; nil for null.
    private var places: [Range<Int>?] = []

    /// Throws `StorageError.engine` for text that holds a NUL byte.
    init(_ values: [SQLValue], for statement: String) throws(StorageError) {
        types.reserveCapacity(values.count)
        places.reserveCapacity(values.count)
        for value in values {
            let start = bytes.count
            switch value.storable {
            case .null:
                types.append(0)
                places.append(nil)
                continue
            case .integer(let number):
                types.append(ServerType.bigint)
                append(UInt64(bitPattern: number))
            case .real(let number):
                types.append(ServerType.double)
                append(number.bitPattern)
            case .text(let text):
                types.append(ServerType.text)
                bytes.append(contentsOf: text.utf8)
                if bytes[start...].contains(0) { throw nulByte(in: statement) }
            case .bytes(let content):
                types.append(ServerType.bytes)
                bytes.append(contentsOf: content)
            }
            places.append(start..<bytes.count)
        }
    }

    /// Lends the arrays that libpq asks for: values, lengths and formats.
    func withPointers<R>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) throws -> R
    ) rethrows -> R {
        try bytes.withUnsafeBytes { buffer in
            // An empty text is a pointer to nothing, but never the null pointer.
            let empty: StaticString = ""
            let values = places.map { place -> UnsafePointer<CChar>? in
                guard let place else { return nil }
                let base = buffer.baseAddress ?? UnsafeRawPointer(empty.utf8Start)
                return (base + place.lowerBound).assumingMemoryBound(to: CChar.self)
            }
            let lengths = places.map { Int32($0?.count ?? 0) }
            return try body(values, lengths, [Int32](repeating: 1, count: places.count))
        }
    }

    private mutating func append(_ word: UInt64) {
        withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension SQLValue {
    /// NaN is kept as null, as SQLite does: a figure that does not exist is not a figure.
    var storable: SQLValue {
        if case .real(let number) = self, number.isNaN { .null } else { self }
    }
}

/// The object ids of the server types used here (fixed in `pg_type.dat`).
enum ServerType {
    static let bool: Oid = 16
    static let bytes: Oid = 17
    static let bigint: Oid = 20
    static let text: Oid = 25
    static let double: Oid = 701
}

/// PostgreSQL's text cannot hold the character U+0000.
func nulByte(in statement: String) -> StorageError {
    .engine(message: "text with a NUL character (U+0000) cannot be kept", statement: statement)
}
