using System.Text;

namespace AIaaS.Local.Tests.Signatures;

/// <summary>Cuts signatures at separators that stand outside of all brackets.</summary>
internal static class SignatureText
{
    public static List<string> SplitAtGaps(string text) => Split(text, static (text, index) => text[index] == ' ' && index + 1 < text.Length && text[index + 1] == ' ');

    public static List<string> SplitAt(string text, char separator) => Split(text, (text, index) => text[index] == separator);

    /// <summary>"A B&lt;C, D&gt; E" is "A", "B&lt;C, D&gt;", "E".</summary>
    public static List<string> Words(string text) => SplitAt(text, ' ');

    private static List<string> Split(string text, Func<string, int, bool> isSeparator)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter is '(' or '<' or '{' or '[')
                depth++;
            else if (letter is ')' or '>' or '}' or ']')
                depth--;
            if (depth == 0 && isSeparator(text, index))
                Finish();
            else
                part.Append(letter);
        }
        Finish();
        return parts;

        void Finish()
        {
            if (part.ToString().Trim() is { Length: > 0 } found)
                parts.Add(found);
            part.Clear();
        }
    }
}
