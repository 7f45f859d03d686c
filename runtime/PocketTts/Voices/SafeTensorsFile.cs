using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PocketTts.Voices;

/// <summary>Reads and writes safetensors (github.com/huggingface/safetensors, Apache-2.0): a length, a JSON header, raw little-endian values.</summary>
internal static class SafeTensorsFile
{
    private const int MaximumHeader = 1 << 20, MostTensors = 10_000; // a voice of 24 layers has 72 tensors in 8 KiB
    private const string Metadata = "__metadata__", ModelKey = "pocket_tts_model";

    /// <summary>All tensors of 32-bit floats, and single 64-bit integers; the rest is checked but skipped, because voices need none of it.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static VoiceFile Read(ReadOnlySpan<byte> file, string location)
    {
        if (file.Length < sizeof(ulong))
            throw Damaged(location, $"it has {file.Length} bytes");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > MaximumHeader || headerLength > (ulong)(file.Length - sizeof(ulong)))
            throw Damaged(location, $"its header claims {headerLength} of {file.Length} bytes");

        var header = file.Slice(sizeof(ulong), (int)headerLength);
        var data = file[(sizeof(ulong) + (int)headerLength)..];
        var tensors = new Dictionary<string, SafeTensor>();
        var integers = new Dictionary<string, long>();
        var places = new List<(long Start, long End)>();
        string? model = null;
        try
        {
            using var json = JsonDocument.Parse(header.ToArray());
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.Name == Metadata)
                {
                    model = entry.Value.TryGetProperty(ModelKey, out var name) ? name.GetString() : null;
                    continue;
                }

                var type = entry.Value.GetProperty("dtype").GetString();
                var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
                var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64()).ToArray();
                if (places.Count == MostTensors || !TryPlace(data.Length, type, shape, offsets))
                    throw Damaged(location, $"the place of tensor '{entry.Name}' does not fit its shape or the file");
                places.Add((offsets[0], offsets[1]));
                var bytes = data[(int)offsets[0]..(int)offsets[1]];
                var isNew = type == "I64" && bytes.Length == sizeof(long)
                    ? integers.TryAdd(entry.Name, BinaryPrimitives.ReadInt64LittleEndian(bytes))
                    : type != "F32" || tensors.TryAdd(entry.Name, new SafeTensor(entry.Name, shape, MemoryMarshal.Cast<byte, float>(bytes).ToArray()));
                if (!isNew)
                    throw Damaged(location, $"it has the tensor '{entry.Name}' twice");
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{location}' is not a safetensors file: {e.Message}", e);
        }

        places.Sort();
        if (places.Zip(places.Skip(1)).Any(p => p.First.End > p.Second.Start))
            throw Damaged(location, "its tensors overlap");
        return new VoiceFile(location, model, tensors) { Integers = integers };
    }

    /// <summary>Writes the tensors in their order; beside each cache stands how many positions it holds, as readers of published voices expect.</summary>
    public static byte[] Write(VoiceFile voice)
    {
        var tensors = voice.Tensors.Values;
        var positions = tensors
            .Where(t => t.Name.EndsWith(VoiceFile.CacheSuffix, StringComparison.Ordinal))
            .Select(t => (Module: t.Name[..^VoiceFile.CacheSuffix.Length], Cache: t))
            .Select(l => (Name: l.Module + VoiceFile.PositionSuffix, Value: (long)voice.PositionsOf(l.Module, l.Cache)))
            .ToArray();

        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (voice.Model is not null)
            {
                json.WriteStartObject(Metadata);
                json.WriteString(ModelKey, voice.Model);
                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var (name, _) in positions)
                WriteEntry(json, name, "I64", [1], ref offset, sizeof(long));
            foreach (var tensor in tensors)
                WriteEntry(json, tensor.Name, "F32", tensor.Shape, ref offset, tensor.Values.Length * (long)sizeof(float));
            json.WriteEndObject();
        }

        using var file = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        header.WriteTo(file);
        foreach (var (_, position) in positions)
            file.Write(BitConverter.GetBytes(position));
        foreach (var tensor in tensors)
            file.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
        return file.ToArray();
    }

    private static bool TryPlace(int available, string? type, long[] shape, long[] offsets)
    {
        var size = type switch { "F64" or "I64" or "U64" => 8, "F32" or "I32" or "U32" => 4, "F16" or "BF16" or "I16" or "U16" => 2, _ => 1 };
        if (offsets is not [>= 0, var end] || end < offsets[0] || end > available || shape.Any(s => s is < 0 or > int.MaxValue))
            return false;
        var bytes = shape.Aggregate((Int128)size, (product, length) => product > available ? product : product * length);
        return bytes == end - offsets[0] || shape.Contains(0) && end == offsets[0];
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, string type, ReadOnlySpan<long> shape, ref long offset, long size)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        WriteNumbers(json, "shape", shape);
        WriteNumbers(json, "data_offsets", [offset, offset + size]);
        json.WriteEndObject();
        offset += size;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static InvalidDataException Damaged(string location, string why) => new($"'{location}' is not a whole safetensors file: {why}.");
}
