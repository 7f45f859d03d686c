namespace VoiceForge.Diagnostics;

/// <summary>The smallest model that computes something: <c>y = x + x</c> on a tensor of 1 × 4 floats (ONNX, opset 17).</summary>
internal static class DiagnosticModel
{
    public const string Input = "x";

    public const int Length = 4;

    public static byte[] Bytes => Convert.FromBase64String("CAg6PQoOCgF4CgF4EgF5IgNBZGQSAWdaEwoBeBIOCgwIARIICgIIAQoCCARiEwoBeRIOCgwIARIICgIIAQoCCARCBAoAEBE=");
}
