namespace MigrationKit.Generated.Rendering;

/// <summary>Members that the body of a program asks for and that follow it.</summary>
internal sealed class ProgramMembers(string prefix)
{
    private readonly List<string> _helpers = [];

    public IReadOnlyList<string> Helpers => _helpers;

    /// <summary>A static method that gets an object and makes one call on it.</summary>
    /// <returns>What it is called by.</returns>
    public string AddHelper(string parameterType, string resultType, string call, bool hasExpressionBody, bool isVoid)
    {
        var name = $"Pass{_helpers.Count + 1}";
        var body = hasExpressionBody ? $"=> {call};" : isVoid ? $"{{ {call}; }}" : $"{{ return {call}; }}";
        _helpers.Add($"internal static {resultType} {name}({parameterType} target) {body}");
        return prefix + name;
    }
}
