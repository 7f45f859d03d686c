using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MigrationKit.Benchmarks;

/// <summary>sherpa-onnx in a process of its own: it loads the model once, then speaks whenever it is asked to.</summary>
internal sealed class TtsPeer : IDisposable
{
    private const string Package = "sherpa-onnx-node@1.13.8";

    // Says "ready" when the model is loaded, then answers each line with one of its own: seconds to the first samples, in all, and of all threads; samples.
    private const string Script = """
        const fs = require('fs');
        const { OfflineTts } = require('sherpa-onnx-node');
        const [folder, voiceFile, sampleRate, framesAfterEos, threads, text] = process.argv.slice(2);
        const file = (name) => `${folder}/${name}`;
        const tts = new OfflineTts({
          model: {
            pocket: {
              lmFlow: file('lm_flow.onnx'), lmMain: file('lm_main.onnx'), encoder: file('encoder.onnx'), decoder: file('decoder.onnx'),
              textConditioner: file('text_conditioner.onnx'), vocabJson: file('vocab.json'), tokenScoresJson: file('token_scores.json'),
              voiceEmbeddingCacheCapacity: 50,
            },
            numThreads: Number(threads), provider: 'cpu', debug: false,
          },
          maxNumSentences: 1,
        });
        const bytes = fs.readFileSync(voiceFile);
        const referenceAudio = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
        const seconds = (start) => Number(process.hrtime.bigint() - start) / 1e9;
        async function speak() {
          const start = process.hrtime.bigint();
          const used = process.cpuUsage();
          let first = null;
          const audio = await tts.generateAsync({
            text, sid: 0, speed: 1,
            generationConfig: {
              referenceAudio, referenceSampleRate: Number(sampleRate), numSteps: 1, silenceScale: 1,
              extra: { seed: '1', temperature: '0.7', frames_after_eos: framesAfterEos },
            },
            onProgress: () => { first ??= seconds(start); return 1; },
          });
          const { user, system } = process.cpuUsage(used);
          return { first: first ?? seconds(start), total: seconds(start), processor: (user + system) / 1e6, samples: audio.samples.length };
        }
        (async () => {
          console.log('ready');
          for await (const _ of require('readline').createInterface({ input: process.stdin })) console.log(JSON.stringify(await speak()));
        })();
        """;

    private readonly Process _process;

    private TtsPeer(Process process) => _process = process;

    /// <summary>Installs the peer below the temporary folder of the model and starts it.</summary>
    /// <exception cref="InvalidOperationException">npm or node are missing, the package cannot be had, or the peer does not load the model.</exception>
    public static TtsPeer Start(TtsModelFolder model, int framesAfterEos, int threads)
    {
        var folder = Directory.CreateDirectory(Path.Combine(model.Root, "peer")).FullName;
        File.WriteAllText(Path.Combine(folder, "package.json"), "{ \"private\": true }");
        File.WriteAllText(Path.Combine(folder, "peer.js"), Script);
        var voice = Path.Combine(folder, "voice.f32");
        File.WriteAllBytes(voice, System.Runtime.InteropServices.MemoryMarshal.AsBytes(TtsModelFolder.Voice().AsSpan()).ToArray());

        using (var npm = Run(folder, "npm", ["install", "--silent", "--no-audit", "--no-fund", Package]))
        {
            var errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm cannot install {Package}: {errors.Trim()}");
        }

        string[] arguments =
        [
            "peer.js", model.Folder, voice, Text(TtsModelFolder.SampleRate), Text(framesAfterEos), Text(threads), TtsModelFolder.Sentence,
        ];
        var peer = new TtsPeer(Run(folder, "node", arguments));
        peer._process.ErrorDataReceived += static (_, _) => { }; // the library reports what it ignores; nobody reads it, and the pipe must not fill
        peer._process.BeginErrorReadLine();
        peer.Answer(answer => answer == "ready");
        return peer;
    }

    /// <summary>Lets the peer speak once.</summary>
    public TtsTiming Speak()
    {
        _process.StandardInput.WriteLine();
        using var json = JsonDocument.Parse(Answer(answer => answer.StartsWith('{')));
        var root = json.RootElement;
        return new TtsTiming(root.GetProperty("first").GetDouble(), root.GetProperty("total").GetDouble(), root.GetProperty("processor").GetDouble(), root.GetProperty("samples").GetInt32());
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // it ends with its input
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Answer(Func<string, bool> isAnswer)
    {
        while (true)
        {
            var line = _process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("sherpa-onnx ended while it was asked; run its command by hand to see why.");
            if (isAnswer(line))
                return line;
        }
    }

    private static Process Run(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' cannot be started: {e.Message}", e);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
