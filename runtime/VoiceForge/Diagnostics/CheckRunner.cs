namespace VoiceForge.Diagnostics;

/// <summary>Runs one check so that whatever it meets, the others still run.</summary>
internal static class CheckRunner
{
    /// <param name="name">The check's name, for the case that it has no result.</param>
    /// <param name="limit">What it wants.</param>
    /// <param name="remedy">What to do when it throws.</param>
    /// <param name="check">Returns the result.</param>
    public static DiagnosticCheck Run(string name, string limit, string remedy, Func<DiagnosticCheck> check)
    {
        try
        {
            return check();
        }
        catch (Exception exception) // a diagnosis that ends at the first fault would hide the others
        {
            var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            return new(name, DiagnosticStatus.Fail, cause.Message, limit, remedy);
        }
    }
}
