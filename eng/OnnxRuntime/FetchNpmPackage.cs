using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Extracts some members of an npm package whose hash is pinned, fetched by the npm client or taken from a copy.</summary>
/// <remarks>
/// Compiled by MSBuild against netstandard2.0 when there is something to fetch. The destination appears by a rename when it is complete, so
/// a killed fetch leaves nothing that looks done; builds of one clone fetch one after another.
/// </remarks>
public sealed class FetchNpmPackage : Task
{
    [Required] public string Package { get; set; }

    [Required] public string Version { get; set; }

    /// <summary>Base64, as after <c>sha512-</c> in a lock file of npm.</summary>
    [Required] public string Sha512 { get; set; }

    /// <summary>Paths inside the tarball's <c>package/</c>.</summary>
    [Required] public string[] Members { get; set; }

    /// <summary>A folder named <c>package</c>, which will hold the members.</summary>
    [Required] public string Destination { get; set; }

    [Required] public string Cache { get; set; }

    /// <summary>A tarball or a folder that holds it, instead of npm; empty: npm.</summary>
    public string Copy { get; set; }

    private string TarballName => Package + "-" + Version + ".tgz";

    public override bool Execute()
    {
        Directory.CreateDirectory(Cache);
        using (TakeLock(Path.Combine(Cache, "fetch.lock")))
        {
            // Only leftovers of a killed build can be here, since the lock is ours.
            foreach (var leftover in Directory.GetDirectories(Cache, "fetch-*"))
                Directory.Delete(leftover, recursive: true);

            var work = Path.GetFullPath(Path.Combine(Cache, "fetch-" + Guid.NewGuid().ToString("N")));
            Directory.CreateDirectory(work);
            try
            {
                var tarball = string.IsNullOrEmpty(Copy) ? null : FindCopy();
                if (Log.HasLoggedErrors || Directory.Exists(Destination))
                    return !Log.HasLoggedErrors;

                tarball = tarball ?? Fetch(work);
                return tarball != null && Verify(tarball) && Extract(tarball, work);
            }
            finally
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private FileStream TakeLock(string path)
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < 3000)
            {
                Thread.Sleep(200); // ten minutes in all, for a slow download
            }
        }
    }

    private string FindCopy()
    {
        var candidates = new[] { Copy, Path.Combine(Copy, TarballName) };
        var found = candidates.FirstOrDefault(File.Exists);
        if (found == null)
            Log.LogError("ONNXRUNTIME_DIR is '{0}', which is neither the npm package {1} {2} (packed: {3}, or extracted) nor a folder that holds it; correct it, or unset it to fetch with npm.", Copy, Package, Version, TarballName);
        return found == null ? null : Path.GetFullPath(found);
    }

    private string Fetch(string work)
    {
        Log.LogMessage(MessageImportance.High, "Fetching {0} {1} with npm ...", Package, Version);
        var exitCode = Run("npm", "pack " + Package + "@" + Version + " --ignore-scripts --silent", work, out var output);
        var tarball = Path.Combine(work, TarballName);
        if (exitCode == 0 && File.Exists(tarball))
            return tarball;

        Log.LogError(
            "The package sources lack Microsoft.ML.OnnxRuntime, and npm could not fetch {0} {1} instead ({2}). Install npm (nodejs.org), or set ONNXRUNTIME_DIR to a copy of that npm package ({3}, or extracted).",
            Package,
            Version,
            exitCode == null ? "npm is not on the PATH" : ("npm pack exited with " + exitCode + ": " + output).TrimEnd(' ', ':'),
            TarballName);
        return null;
    }

    private bool Verify(string tarball)
    {
        string actual;
        using (var algorithm = SHA512.Create())
        using (var stream = File.OpenRead(tarball))
            actual = Convert.ToBase64String(algorithm.ComputeHash(stream));
        if (actual == Sha512)
            return true;

        // What npm fetched lies in the work folder and goes with it; a copy is the user's.
        Log.LogError(
            "'{0}' has the SHA-512 '{1}', expected '{2}'; it was not used. {3}",
            string.IsNullOrEmpty(Copy) ? TarballName : tarball,
            actual,
            Sha512,
            string.IsNullOrEmpty(Copy) ? "The tarball is deleted: build again to fetch it anew." : "Replace the copy that ONNXRUNTIME_DIR points at, or unset it to fetch with npm.");
        return false;
    }

    private bool Extract(string tarball, string work)
    {
        var extracted = Path.Combine(work, "extracted");
        Directory.CreateDirectory(extracted);
        var exitCode = Run("tar", "-xzf \"" + tarball + "\" " + string.Join(" ", Members.Select(m => "package/" + m)), extracted, out var output);
        if (exitCode != 0)
        {
            Log.LogError("'tar' could not extract '{0}' ({1}); install tar, or set ONNXRUNTIME_DIR to the extracted package.", tarball, exitCode == null ? "tar is not on the PATH" : output);
            return false;
        }

        var parent = Path.GetDirectoryName(Destination.TrimEnd('/', '\\'));
        Directory.Move(extracted, parent);
        return true;
    }

    /// <returns>The exit code; <see langword="null"/> if there is no such program.</returns>
    private static int? Run(string program, string arguments, string folder, out string output)
    {
        // npm is a batch file on Windows, which only its shell starts.
        var windows = Path.DirectorySeparatorChar == '\\';
        var start = windows ? new ProcessStartInfo("cmd.exe", "/d /c " + program + " " + arguments) : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = folder;
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        output = "";
        try
        {
            using (var process = Process.Start(start))
            {
                var lines = new List<string>();
                process.ErrorDataReceived += (_, e) => { lock (lines) lines.Add(e.Data); };
                process.BeginErrorReadLine();
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                output = string.Join(" ", lines.Where(l => !string.IsNullOrWhiteSpace(l)));
                return windows && process.ExitCode is 1 or 9009 && !OnPath(program) ? null : process.ExitCode;
            }
        }
        catch (Win32Exception)
        {
            return null; // no such program
        }
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program + ".cmd")) || File.Exists(Path.Combine(folder, program + ".exe")));
}
