using System.Buffers.Binary;
using System.Globalization;
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
        var shape = ShapeNumbers().Match(header);
        var data = file[(start + (int)length)..];
        if (!shape.Success || Count(shape.Groups[1].Value, data.Length) * sizeof(float) != data.Length)
            throw new InvalidDataException($"'{location}' holds {data.Length} bytes of values, which is not what its header says: {header.Trim()}");
        return MemoryMarshal.Cast<byte, float>(data).ToArray();
    }

    /// <returns>-1 for more than fit, or for what is no number.</returns>
    private static long Count(string sizes, int availableBytes)
    {
        var count = 1L;
        foreach (var size in sizes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return -1;
            count *= number;
            if (count > availableBytes)
                return -1;
        }

        return count;
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]<f4['"]""")]
    private static partial Regex FloatType();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*False""")]
    private static partial Regex COrder();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([0-9,\s]*)\)""")]
    private static partial Regex ShapeNumbers();
}
