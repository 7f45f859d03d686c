using System.CommandLine;
using Speak;

var text = new Argument<string>("text") { Description = "What to say" };
var voice = new Option<string>("--voice") { Description = "A voice of the model, or a .wav or .safetensors file", DefaultValueFactory = _ => "alba" };
var model = new Option<string>("--model") { Description = "A folder with a model, or \"tone\", the built-in tone voice", DefaultValueFactory = _ => "tone" };
var output = new Option<string?>("--out")
{
    Description = "Write a WAV file (24 kHz, mono, 32-bit float); with \"-\", write raw 16-bit samples to standard output while they are made, and play nothing",
};
var seed = new Option<ulong?>("--seed") { Description = "The same number gives the same audio" };
var command = new RootCommand("Speaks a text: to the audio device if there is one, and to a file.") { text, voice, model, output, seed };
command.SetAction((args, cancellationToken) => SpeakCommand.RunAsync(
    new SpeakOptions(args.GetRequiredValue(text), args.GetRequiredValue(voice), args.GetRequiredValue(model), args.GetValue(output), args.GetValue(seed)),
    Console.OpenStandardOutput,
    Console.Out,
    Console.Error,
    cancellationToken));

var parsed = command.Parse(args);
return parsed.Errors.Count > 0 ? SpeakCommand.Refuse(Console.Error, parsed.Errors.Select(e => e.Message)) : await parsed.InvokeAsync();
