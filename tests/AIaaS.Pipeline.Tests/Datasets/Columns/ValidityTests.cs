using AIaaS.Pipeline.Datasets.Columns;
using FsCheck.Xunit;

namespace AIaaS.Pipeline.Tests.Datasets.Columns;

public sealed class ValidityTests
{
    [Property(MaxTest = 300)]
    public void ToArrow_AnyPattern_HasTheBitOfEveryValueAlsoInTheNextShard(bool[] first, bool[] second)
    {
        var validity = new Validity();
        foreach (var pattern in (bool[][])[first, second])
        {
            validity.Clear();
            foreach (var isThere in pattern) validity.Add(isThere);
            var bits = validity.ToArrow();
            validity.Missing.ShouldBe(pattern.Count(isThere => !isThere));
            if (validity.Missing == 0) bits.IsEmpty.ShouldBeTrue();
            else Enumerable.Range(0, pattern.Length).Select(i => (bits.Span[i / 8] >> (i % 8) & 1) == 1).ShouldBe(pattern);
        }
    }
}
