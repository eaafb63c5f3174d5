import CZlib
import Foundation

/// The bytes of a file in pieces, unpacked where it is packed by gzip. It is made, read to its
/// end and left by one task.
final class PackedFile {
    enum Failure: Error {
        case cannotRead
        /// It ends too early, or its check sum is wrong.
        case damaged
    }

    private let handle: FileHandle
    private var stream: z_stream?
    private var ended = false
    private static let piece = 1 << 18

    /// A name that ends in `.gz` is a packed file's.
    init(_ file: URL) throws(Failure) {
        do { handle = try FileHandle(forReadingFrom: file) } catch { throw .cannotRead }
        guard file.pathExtension == "gz" else { return }
        var stream = z_stream()
        // 15 is the largest window; 16 more asks for the gzip format.
        let code = inflateInit2_(
            &stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw .damaged }
        self.stream = stream
    }

    deinit {
        if var stream { inflateEnd(&stream) }
        try? handle.close()
    }

    /// Gives every piece to `take`, in order; stops when it says false.
    func read(_ take: ([UInt8]) -> Bool) throws(Failure) {
        while true {
            let data: Data
            do { data = try handle.read(upToCount: Self.piece) ?? Data() } catch {
                throw .cannotRead
            }
            if data.isEmpty { break }
            if stream == nil {
                if !take(Array(data)) { return }
            } else if try !unpack(Array(data), take) {
                return
            }
        }
        if stream != nil, !ended { throw .damaged }
    }

    /// False when no more is wanted.
    private func unpack(_ packed: [UInt8], _ take: ([UInt8]) -> Bool) throws(Failure) -> Bool {
        guard var stream else { return false }
        defer { self.stream = stream }
        var packed = packed
        var output = [UInt8](repeating: 0, count: Self.piece)
        var result = Outcome.goesOn
        packed.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            repeat {
                let (code, count) = output.withUnsafeMutableBufferPointer { room in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    let code = inflate(&stream, Z_NO_FLUSH)
                    return (code, room.count - Int(stream.avail_out))
                }
                if count > 0, !take(Array(output[..<count])) {
                    result = .unwanted
                } else if code == Z_STREAM_END {
                    ended = true
                    result = .unwanted
                } else if code != Z_OK && code != Z_BUF_ERROR {
                    result = .damaged
                }
            } while result == .goesOn && (stream.avail_in > 0 || stream.avail_out == 0)
            stream.next_in = nil
            stream.avail_in = 0
        }
        if result == .damaged { throw .damaged }
        return result == .goesOn
    }

    private enum Outcome { case goesOn, unwanted, damaged }
}
