using System.Globalization;

namespace MigrationKit.Generated.Running;

/// <summary>What generated programs call so that the order of their work is seen.</summary>
public static class Log
{
    /// <summary>The first sample of every block that comes out of a ring: its length depends on the ring, so it is not compared.</summary>
    public const float RingSample = 0.125f;

    public static int Int(int id, int value) => Effect(id, value);

    public static double Double(int id, double value) => Effect(id, value);

    public static string Text(int id, string? value) => Effect(id, value)!;

    public static bool Flag(int id, bool value) => Effect(id, value);

    public static float[] Block(int id, float[] value)
    {
        Effect(id, value.Length);
        return value;
    }

    /// <summary>Looks at a result.</summary>
    public static void See(int id, object? value) => Recording.Add($"see {id} {Describe(value)}");

    /// <summary>Takes a text.</summary>
    public static void Show(int id, string text) => Recording.Add($"show {id} {text}");

    /// <summary>Needs a value, and records nothing.</summary>
    public static void Touch(object value) => ArgumentNullException.ThrowIfNull(value);

    /// <summary>A processing callback.</summary>
    public static float[] Same(float[] block) => block;

    private static T Effect<T>(int id, T value)
    {
        Recording.Add(string.Create(CultureInfo.InvariantCulture, $"effect {id} {value}"));
        return value;
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        float[] { Length: > 0 } block when block[0] == RingSample => "ring block",
        float[] block => $"block of {block.Length}",
        IEnumerable<float[]> blocks => string.Join(", ", blocks.Select(block => block.Length)),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
