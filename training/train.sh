#!/bin/sh
# sh train.sh DATA WORK     DATA: the files README.md describes; WORK: a new folder
# Two runs side by side, one core each, about 30 minutes. Needs Python 3.11 and spaCy 3.8.
set -e
DATA=$1
WORK=$2
HERE=$(dirname "$0")
export OMP_NUM_THREADS=1
python "$HERE/build_docbin.py" "$DATA" "$WORK"
python -m spacy train "$HERE/syntax.cfg" --output "$WORK/syntax" \
  --paths.train "$WORK/syntax_train.spacy" --paths.dev "$WORK/syntax_dev.spacy" &
python -m spacy train "$HERE/ner.cfg" --output "$WORK/ner" \
  --paths.train "$WORK/ner_train.spacy" --paths.dev "$WORK/ner_dev.spacy"
python -m spacy train "$HERE/ner_late.cfg" --output "$WORK/ner_late" \
  --paths.start "$WORK/ner/model-best" \
  --paths.train "$WORK/ner_train.spacy" --paths.dev "$WORK/ner_dev.spacy"
wait
python "$HERE/assemble.py" "$WORK/ner_late/model-best" "$WORK/syntax/model-best" "$WORK/en_news_small"
