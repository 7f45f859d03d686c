namespace PocketTts.Onnx;

/// <summary>What the five graphs are called, in messages and in most layouts.</summary>
internal static class GraphNames
{
    public const string TextConditioner = "text_conditioner";
    public const string MimiEncoder = "mimi_encoder";
    public const string FlowLmMain = "flow_lm_main";
    public const string FlowLmFlow = "flow_lm_flow";
    public const string MimiDecoder = "mimi_decoder";
}
