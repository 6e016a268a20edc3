namespace AIaaS.Pipeline.Datasets.Columns;

/// <summary>The distinct texts of one column with their counts, as long as they are few enough and fit the common budget.</summary>
internal sealed class DistinctValues(DistinctBudget budget, DatasetLimits limits)
{
    /// <summary>Small whole numbers, counted without hashing: pixels, classes, flags.</summary>
    private const int Small = 256;

    /// <summary>Distinct numbers beyond which a column of nothing but numbers is no candidate for a category.</summary>
    private const int MaxNumbers = 1_000;

    private readonly long[] _small = new long[Small];
    private Dictionary<string, long>? _texts = new(StringComparer.Ordinal);
    private int _chars;

    /// <summary>False when there were too many to count.</summary>
    public bool AreKnown => _texts is not null;

    public int Count => _texts is null ? 0 : _texts.Count + _small.Count(count => count > 0);

    public void Add(ReadOnlySpan<char> text, bool onlyNumbers)
    {
        if (_texts is null) return;
        if (SmallNumber(text) is >= 0 and var small)
        {
            _small[small]++;
            return;
        }
        var lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var count)) lookup[text] = count + 1;
        else if (text.Length > limits.MaxCategoryLength || _texts.Count >= (onlyNumbers ? MaxNumbers : limits.MaxCategories) || !Take(text.Length)) Drop();
        else lookup[text] = 1;
    }

    public IEnumerable<KeyValuePair<string, long>> Values()
    {
        for (var i = 0; i < Small; i++)
        {
            if (_small[i] > 0) yield return new(i.ToString(), _small[i]);
        }
        foreach (var text in _texts ?? []) yield return text;
    }

    private bool Take(int chars)
    {
        if (!budget.TryTake(chars)) return false;
        _chars += chars;
        return true;
    }

    private void Drop()
    {
        budget.GiveBack(_chars, _texts!.Count);
        _texts = null;
    }

    private static int SmallNumber(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 3 || (text[0] == '0' && text.Length > 1)) return -1;
        var value = 0;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit > 9) return -1;
            value = value * 10 + (int)digit;
        }
        return value < Small ? value : -1;
    }
}

/// <summary>Characters that all columns of a dataset may keep together; an entry costs more than its text.</summary>
internal sealed class DistinctBudget(int chars)
{
    private const int EntryCost = 48;
    private long _left = chars;

    public bool TryTake(int length)
    {
        if (_left < length + EntryCost) return false;
        _left -= length + EntryCost;
        return true;
    }

    public void GiveBack(int length, int entries) => _left += length + (long)entries * EntryCost;
}
