using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PocketTts.Voices;

/// <summary>Reads and writes safetensors (github.com/huggingface/safetensors, Apache-2.0): a length, a JSON header, raw little-endian values.</summary>
internal static class SafeTensorsFile
{
    private const int MaximumHeader = 100_000_000;
    private const string Metadata = "__metadata__", ModelKey = "pocket_tts_model";

    /// <summary>All 32-bit float tensors; other types are skipped, because voices need none of their values.</summary>
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

                if (entry.Value.GetProperty("dtype").GetString() != "F32")
                    continue;
                var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
                var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64()).ToArray();
                tensors[entry.Name] = new SafeTensor(entry.Name, shape, Values(data, entry.Name, shape, offsets, location));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{location}' is not a safetensors file: {e.Message}", e);
        }

        return new VoiceFile(location, model, tensors);
    }

    /// <summary>Writes the tensors in their order; beside each cache stands how many positions it holds, as readers of published voices expect.</summary>
    public static byte[] Write(VoiceFile voice)
    {
        var tensors = voice.Tensors.Values;
        var positions = tensors
            .Where(t => t.Name.EndsWith(VoiceFile.CacheSuffix, StringComparison.Ordinal))
            .Select(t => (Name: t.Name[..^VoiceFile.CacheSuffix.Length] + VoiceFile.PositionSuffix, Value: t.Shape[2]))
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

    private static float[] Values(ReadOnlySpan<byte> data, string name, long[] shape, long[] offsets, string location)
    {
        var count = shape.Aggregate(1.0, (product, size) => product * size);
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > data.Length || shape.Any(s => s < 0)
            || count * sizeof(float) != offsets[1] - offsets[0])
            throw Damaged(location, $"the place of tensor '{name}' does not fit its shape or the file");
        return MemoryMarshal.Cast<byte, float>(data[(int)offsets[0]..(int)offsets[1]]).ToArray();
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
