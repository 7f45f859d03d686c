namespace PocketTts.Tests;

/// <summary>What the tiny decoder does with several latents at once.</summary>
public enum TinyDecoder
{
    /// <summary>What it does with one after the other.</summary>
    TakesSeveral,

    /// <summary>It makes them quieter, the more they are.</summary>
    ScalesByWhatComesTogether,

    /// <summary>It says that only one may come.</summary>
    TakesOneOnly,

    /// <summary>It says that any number may come, and fails.</summary>
    FailsForSeveral,
}
