namespace SocketTools.Completers;

/// <summary>What Tab may offer.</summary>
/// <param name="Word">What is compared with what was typed, and shown in the list.</param>
/// <param name="Tip">What is told of it.</param>
/// <param name="Expression">The expression that gives the object, where that and not the word is to be inserted.</param>
internal sealed record Candidate(string Word, string Tip = "", string? Expression = null)
{
    /// <summary>A number as the tool tip, and what is known of the name.</summary>
    public static string NumberTip(string number, string description) => description.Length == 0 ? number : $"{number}: {description}";
}
