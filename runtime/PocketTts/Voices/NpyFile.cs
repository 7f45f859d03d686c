using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace PocketTts.Voices;

/// <summary>Reads NumPy's <c>.npy</c> files of 32-bit floats, versions 1 to 3.</summary>
internal static partial class NpyFile
{
    /// <returns>All values in C order; the shape does not matter to the caller, who knows the width of a row.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of another type.</exception>
    public static float[] ReadValues(ReadOnlySpan<byte> file, string location)
    {
        const int shortHeaderAt = 10, longHeaderAt = 12;
        if (file.Length < longHeaderAt || file[0] != 0x93 || !file[1..6].SequenceEqual("NUMPY"u8) || file[6] is < 1 or > 3)
            throw new InvalidDataException($"'{location}' is not an .npy file of version 1 to 3.");
        var isShort = file[6] == 1;
        var start = isShort ? shortHeaderAt : longHeaderAt;
        var length = isShort ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (length > file.Length - start)
            throw new InvalidDataException($"'{location}' ends inside its header.");

        var header = Encoding.UTF8.GetString(file.Slice(start, (int)length));
        if (!FloatType().IsMatch(header) || !COrder().IsMatch(header))
            throw new InvalidDataException($"'{location}' must hold '<f4' in C order, but says {header.Trim()}");
        var count = ShapeNumbers().Match(header).Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Aggregate(1L, (product, size) => product * long.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        var data = file[(start + (int)length)..];
        if (count * sizeof(float) != data.Length)
            throw new InvalidDataException($"'{location}' says {count} values, but holds {data.Length} bytes of them.");
        return MemoryMarshal.Cast<byte, float>(data).ToArray();
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]<f4['"]""")]
    private static partial Regex FloatType();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*False""")]
    private static partial Regex COrder();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([0-9,\s]*)\)""")]
    private static partial Regex ShapeNumbers();
}
